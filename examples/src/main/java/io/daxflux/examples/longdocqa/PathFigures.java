package io.daxflux.examples.longdocqa;

import org.jspecify.annotations.Nullable;

/**
 * One path's line of the table.
 *
 * @param documents how many were asked for
 * @param meanMs of the time from the request to the document's last byte
 * @param medianMs of the same
 * @param p99Ms of the same; with few documents, the slowest
 * @param firstChunkMs the median time to the first chunk
 * @param gigabytesPerSecond 10^9 bytes a second, at the median; null where nothing is copied
 * @param ratioToSerial how many times as fast as the serial path, at the median; null without it
 * @param ratioToFloor the same, of the floor
 */
record PathFigures(
    String path,
    long documents,
    double meanMs,
    double medianMs,
    double p99Ms,
    double firstChunkMs,
    @Nullable Double gigabytesPerSecond,
    @Nullable Double ratioToSerial,
    @Nullable Double ratioToFloor) {

  static PathFigures of(
      PathKind kind,
      Samples samples,
      long documentBytes,
      @Nullable Samples serial,
      @Nullable Samples floor) {
    return new PathFigures(
        kind.toString(),
        samples.documentNs.getTotalCount(),
        samples.documentNs.getMean() / 1e6,
        samples.documentNs.getValueAtPercentile(50) / 1e6,
        samples.documentNs.getValueAtPercentile(99) / 1e6,
        samples.firstChunkNs.getValueAtPercentile(50) / 1e6,
        kind == PathKind.BORROW_PREFIX ? null : documentBytes / medianPaceNs(samples),
        serial == null ? null : medianPaceNs(serial) / medianPaceNs(samples),
        floor == null ? null : medianPaceNs(floor) / medianPaceNs(samples));
  }

  private static double medianPaceNs(Samples samples) {
    return samples.paceNs.getValueAtPercentile(50);
  }
}
