package io.daxflux.device;

import io.daxflux.device.Device.Durability;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What a device does for bytes that are to last.
 *
 * @param durability what they survive once they are flushed
 * @param note what they do not survive, and why; empty where they survive all there is
 * @param flush how they are flushed
 */
record Persistence(Durability durability, Optional<String> note, Flush flush) {
  /** Anonymous memory. */
  static Persistence ofMemory() {
    return new Persistence(
        Durability.NONE,
        Optional.of("nothing survives the process: this is anonymous memory"),
        Flush.NONE);
  }

  /** What is only read. */
  static Persistence ofReading() {
    return new Persistence(
        Durability.NONE,
        Optional.of("nothing can be written: this was opened to be read"),
        _ -> {
          throw new UnsupportedOperationException("expected a device to write, found it read-only");
        });
  }

  /** A file whose pages the system writes back to its file system. */
  static Persistence ofPages(Posix posix, boolean inMemory) {
    Flush flush = new PageFlush(posix);
    return inMemory
        ? new Persistence(
            Durability.PROCESS,
            Optional.of(
                "a killed process is survived, a restart of the machine is not:"
                    + " the file lies in memory"),
            flush)
        : new Persistence(Durability.POWER, Optional.empty(), flush);
  }

  /** Persistent memory, where a store is durable as soon as it has left the caches. */
  static Persistence ofLines(NativeHelper helper) {
    return new Persistence(Durability.POWER, Optional.empty(), new LineFlush(helper));
  }

  /** Persistent memory that bytes reach when their cache lines happen to be written back. */
  static Persistence ofLinesWithoutHelper(String reason) {
    return new Persistence(
        Durability.PROCESS,
        Optional.of(
            "a killed process is survived; a power failure may cost the newest chunks, and only"
                + " checksums tell what it left of them: no native helper ("
                + reason
                + ")"),
        Flush.NONE);
  }

  /** A device-dax whose memory forgets. */
  static Persistence ofVolatileDax() {
    return new Persistence(
        Durability.PROCESS,
        Optional.of(
            "a killed process is survived, a power failure is not:"
                + " the device is not known to be persistent memory"),
        Flush.NONE);
  }

  /** Makes stored bytes as durable as the device can. */
  interface Flush {
    /** The store itself was all that can be done. */
    Flush NONE = stored -> {};

    /**
     * Returns when these bytes, at least 1 and all of them on the device, are durable.
     *
     * @throws RefusedCall where the system refuses
     * @throws InternalError where the memory faults
     */
    void flush(MemorySegment stored);
  }
}
