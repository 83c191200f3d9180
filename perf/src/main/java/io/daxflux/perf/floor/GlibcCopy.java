package io.daxflux.perf.floor;

import io.daxflux.examples.lmcache.Memcpy;

/** The C library's {@code memcpy}, by an ordinary call, which does not delay safepoints. */
public final class GlibcCopy implements SpanCopy {
  @Override
  public String name() {
    return "glibc memcpy";
  }

  @Override
  public void copy(Span span) {
    Memcpy.copy(span.from(), span.to(), span.bytes());
  }
}
