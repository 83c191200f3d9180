package io.daxflux.device;

import java.lang.foreign.MemorySegment;

/**
 * A mapped device and its only owner.
 *
 * <h2>Ownership</h2>
 *
 * Whoever opened the device closes it, once nobody reads or writes its memory any more. {@link
 * #memory()} belongs to the device: after {@link #close()} each access through it, or through a
 * slice of it, throws {@link IllegalStateException} instead of touching unmapped memory.
 *
 * <p>Memory of a file or a device can fault (a truncated file, a media error). Only {@code
 * MemorySegment.get}, {@code set}, {@code copy} and {@code fill} survive that, with an {@link
 * InternalError}; nothing else may be pointed at it.
 *
 * <p>Safe for use by many threads, except that {@code close} is called by one.
 */
public interface Device extends AutoCloseable {
  /** What the device is called in messages: its path, or {@code memory:}. */
  String name();

  /** What it is. */
  Kind kind();

  /** All of its mapped bytes. */
  MemorySegment memory();

  /** How many bytes are mapped. */
  default long bytes() {
    return memory().byteSize();
  }

  /**
   * Returns when these bytes, as stored before the call, survive a killed process; on devices that
   * can, also a power failure. Blocks.
   *
   * @throws java.io.UncheckedIOException where the device refuses
   */
  void persist(long offset, long bytes);

  /** Unmaps and unlocks. Further calls do nothing. Blocks for as long as unmapping takes. */
  @Override
  void close();

  /** The kinds of device. */
  enum Kind {
    /** A device-dax character device. */
    DEVDAX,
    /** A regular file. */
    FILE,
    /** Anonymous memory: gone with the process. */
    MEMORY
  }
}
