package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.Callers.Timing;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What one path took, document by document, in nanoseconds to three digits. */
final class Samples {
  /** From the request to the last byte. */
  final Histogram documentNs = new Histogram(3);

  /** From the request to the first chunk. */
  final Histogram firstChunkNs = new Histogram(3);

  /** How long after each other documents were done: the time of all in flight, divided by them. */
  final Histogram paceNs = new Histogram(3);

  /** Adds requests that were in flight together. */
  void add(List<Timing> together) {
    long startNs = Long.MAX_VALUE;
    long endNs = Long.MIN_VALUE;
    for (Timing timing : together) {
      documentNs.recordValue(timing.endNs() - timing.startNs());
      firstChunkNs.recordValue(timing.firstChunkNs() - timing.startNs());
      startNs = Math.min(startNs, timing.startNs());
      endNs = Math.max(endNs, timing.endNs());
    }
    paceNs.recordValueWithCount((endNs - startNs) / together.size(), together.size());
  }
}
