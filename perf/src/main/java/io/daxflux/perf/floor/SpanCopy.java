package io.daxflux.perf.floor;

/** A way to copy bytes. Stateless; from any thread. */
public interface SpanCopy {
  /** What it is called in tables. */
  String name();

  /** Copies a span. */
  void copy(Span span);
}
