package io.daxflux.media;

import io.daxflux.device.Faults;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Invalidates the records that recovery found not to hold, so that no later one meets them. */
final class Invalidations {
  private static final Logger LOG = LoggerFactory.getLogger(Invalidations.class);

  /** Runs of units that are nearer to each other than this are persisted by one call: 1 MiB. */
  private static final long NEAR_UNITS = (1 << 20) / MediaGeometry.UNIT_BYTES;

  private Invalidations() {}

  static void write(MediaMemory memory, MediaGeometry geometry, List<BadUnit> records) {
    for (BadUnit record : records) {
      long offset = geometry.unitOffset(record.unit());
      if (!Faults.survived(() -> memory.writeWord(offset, RecordFormat.FREE))) {
        LOG.warn("{}: memory fault at record unit {}", memory.device().name(), record.unit());
      }
    }
  }

  /** Returns when what was written is durable. */
  static void persist(ReadableUnits readable, List<BadUnit> records) {
    long[] units = records.stream().mapToLong(BadUnit::unit).sorted().toArray();
    for (int i = 0; i < units.length; ) {
      long first = units[i];
      long end = first;
      while (i < units.length && units[i] - end < NEAR_UNITS) {
        end = units[i++] + 1;
      }
      readable.persist(first, end);
    }
  }
}
