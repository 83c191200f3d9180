package io.daxflux.perf.floor;

import io.daxflux.device.NativeCopy;

/** The native helper's copy, past the caches, called for each span as a whole. */
public final class NonTemporalCopy implements SpanCopy {
  private final NativeCopy copy;

  /** By the best instructions of this processor. */
  public NonTemporalCopy(NativeCopy copy) {
    this.copy = copy;
  }

  @Override
  public String name() {
    return "C, non-temporal";
  }

  @Override
  public void copy(Span span) {
    copy.copy(span.from(), 0, span.to(), 0, span.bytes());
  }
}
