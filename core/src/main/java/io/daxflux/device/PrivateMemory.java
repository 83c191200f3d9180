package io.daxflux.device;

import io.daxflux.device.DeviceException.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One contiguous piece of this process's own memory, outside the heap: zero at first, whole pages,
 * and taken from the machine page by page as it is touched.
 *
 * <p>Whoever mapped it closes it; after that each access through {@link #memory()}, or a slice of
 * it, throws {@link IllegalStateException}. Any thread may use the memory; the other methods are
 * the owner's, one thread at a time.
 */
public final class PrivateMemory implements AutoCloseable {
  private final Posix posix;
  private final Arena arena;
  private final MemorySegment memory;
  private @Nullable Prefault prefault;

  private PrivateMemory(Posix posix, Arena arena, MemorySegment memory) {
    this.posix = posix;
    this.arena = arena;
    this.memory = memory;
  }

  /**
   * Maps at least this many bytes, rounded up to whole pages.
   *
   * @throws DeviceException where the system has no room for them, or native calls are not allowed
   */
  public static PrivateMemory map(long bytes) {
    return map(bytes, Posix.system());
  }

  static PrivateMemory map(long bytes, Posix posix) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("memory bytes: expected at least 1, found " + bytes);
    }
    long pageBytes = posix.pageBytes();
    long wholePages = Math.ceilDiv(bytes, pageBytes) * pageBytes;
    Arena arena = Arena.ofShared();
    try {
      return new PrivateMemory(posix, arena, posix.mapMemory(arena, wholePages));
    } catch (RefusedCall refused) {
      throw DeviceException.refused(
          Reason.NOT_MAPPABLE, DeviceOptions.MEMORY, bytes + " bytes", refused);
    }
  }

  /** All of it. The first byte lies at the start of a page, of a huge one where one would fit. */
  public MemorySegment memory() {
    return memory;
  }

  /** How many bytes it has: whole pages. */
  public long bytes() {
    return memory.byteSize();
  }

  /**
   * Asks the system to make what is touched from now on of huge pages, as far as it has some: for
   * memory that is soon touched as a whole, since the first byte of such a page takes all of it.
   *
   * @return empty where the system took that in, else its reason why not
   */
  public Optional<String> tryHugePages() {
    return tried(() -> posix.advise(openAddress(), bytes(), Posix.MADV_HUGEPAGE));
  }

  /**
   * Tries to keep all of it from being swapped out, each page from its first touch on. Does not
   * touch any itself, so it takes no time.
   *
   * @return empty where that was done, else the system's reason why not
   */
  public Optional<String> tryLock() {
    return tried(() -> posix.lockPages(openAddress(), bytes()));
  }

  private static Optional<String> tried(Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (RefusedCall refused) {
      return Optional.of(refused.getMessage());
    }
  }

  /**
   * Touches all of it on a daemon thread.
   *
   * @see #prefault(Executor)
   */
  public CompletionStage<Long> prefault() {
    return prefault(Prefault.OWN_THREAD);
  }

  /**
   * Touches all of it without changing a byte, so that nobody later pays for its first use. Asked
   * again, the first call's answer.
   *
   * @param executor gets one task, which blocks its thread until all is touched or the memory
   *     closed
   * @return completes with the number of bytes touched from the start: all of them, or fewer where
   *     the system refused or the memory was closed; never with an error
   */
  public CompletionStage<Long> prefault(Executor executor) {
    openAddress();
    if (prefault == null) {
      prefault = Prefault.forWriting(posix, DeviceOptions.MEMORY, memory, executor);
    }
    return prefault.done();
  }

  /**
   * Gives it back to the machine. Further calls do nothing.
   *
   * @throws IllegalStateException while native code or a channel works on it; it stays mapped then,
   *     and can be closed later
   */
  @Override
  public void close() {
    if (prefault != null) {
      prefault.stop();
    }
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private long openAddress() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("expected memory: open, found it closed");
    }
    return memory.address();
  }
}
