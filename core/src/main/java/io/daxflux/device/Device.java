package io.daxflux.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
 * InternalError} that has to be waited for ({@link Faults#settle()}); nothing else may be pointed
 * at it.
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
   * A part of the memory under a lifetime of its own, for somebody who gives it back earlier than
   * the device is closed: once that lifetime is closed, each access through the part throws {@link
   * IllegalStateException}. The lender closes it before the device.
   *
   * @throws IndexOutOfBoundsException where the part is not all on the device
   */
  @SuppressWarnings("restricted") // the part lies within the mapping, and its lender outlives it
  default MemorySegment lend(long offset, long bytes, Arena lifetime) {
    return memory().asSlice(offset, bytes).reinterpret(lifetime, null);
  }

  /** What bytes survive once {@link #persist} has returned. */
  Durability durability();

  /**
   * What persisted bytes do not survive, and why, in one sentence for a log; empty where they
   * survive a loss of power.
   */
  default Optional<String> durabilityNote() {
    return Optional.empty();
  }

  /**
   * Returns when these bytes, as stored before the call, survive whatever {@link #durability()}
   * says. Blocks.
   *
   * <p>On persistent memory this is native code, and the memory is looked at first: what has gone
   * is refused, but a file that is truncated at that very moment ends the process.
   *
   * @throws IndexOutOfBoundsException where they are not all on the device
   * @throws DeviceException where the device refuses, or the memory faults: nothing is known of the
   *     bytes then
   * @throws IllegalStateException after {@code close}
   */
  void persist(long offset, long bytes);

  /**
   * Completes, with the number of bytes from the start that are known to be in memory, when the
   * touching of the memory in the background has come to its end: all bytes where it was let run to
   * its end, fewer where it was refused or stopped by {@code close}, 0 where there is none. Never
   * completes with an error.
   */
  default CompletionStage<Long> prefaulted() {
    return CompletableFuture.completedStage(0L);
  }

  /**
   * Stops the touching in the background, unmaps and unlocks. Further calls do nothing. Blocks for
   * as long as unmapping takes. It does not persist.
   *
   * @throws IllegalStateException while native code or a channel works on the memory; the device
   *     stays mapped and locked then, and can be closed later
   */
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

  /** What persisted bytes survive. */
  enum Durability {
    /** Nothing: they are gone with the process. */
    NONE,
    /** A killed process. */
    PROCESS,
    /** A killed process, and a loss of power. */
    POWER
  }
}
