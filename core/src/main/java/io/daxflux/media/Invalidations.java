package io.daxflux.media;

import io.daxflux.device.Faults;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Invalidates the records that recovery found not to hold, so that no later one meets them. */
final class Invalidations {
  private static final Logger LOG = LoggerFactory.getLogger(Invalidations.class);

  /** Runs of the device that are nearer to each other than this are persisted by one call. */
  private static final long NEAR_BYTES = 1 << 20;

  private Invalidations() {}

  static void write(
      MediaMemory memory, MediaGeometry geometry, List<BadUnit> records, boolean persists) {
    for (BadUnit record : records) {
      try {
        memory.writeWord(geometry.unitOffset(record.unit()), RecordFormat.FREE);
      } catch (InternalError error) {
        if (!Faults.isFault(error)) {
          throw error;
        }
        LOG.warn("{}: memory fault at record unit {}", memory.device().name(), record.unit());
      }
    }
    if (persists) {
      persist(memory, geometry, records);
    }
  }

  private static void persist(MediaMemory memory, MediaGeometry geometry, List<BadUnit> records) {
    long[] offsets =
        records.stream().mapToLong(record -> geometry.unitOffset(record.unit())).sorted().toArray();
    for (int i = 0; i < offsets.length; ) {
      long from = offsets[i];
      long end = from;
      while (i < offsets.length && offsets[i] - end < NEAR_BYTES) {
        end = offsets[i++] + Long.BYTES;
      }
      memory.persist(from, end - from);
    }
  }
}
