package io.daxflux.device;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Touches a mapping's pages in the background, piece by piece, without changing a byte, so that
 * nobody later pays for their first use (10 to 60 times the cost of the copy).
 *
 * <p>It only saves time: where the system refuses (Linux before 5.14, memory that faults) it ends
 * early and says so in the log. Whoever unmaps the memory calls {@link #stop()} before.
 *
 * <p>WAITING: no thread has begun. RUNNING: a thread touches pages. STOPPED: nothing more is
 * touched once the piece in hand is done. Only {@code run} leaves WAITING for RUNNING, so that a
 * task which an executor runs late, or never, touches nothing.
 */
final class Prefault {
  /** One daemon thread of its own. */
  static final Executor OWN_THREAD =
      task -> Thread.ofPlatform().daemon().name("daxflux-prefault").start(task);

  /** How much is touched between looks at {@link #stop()}: 10 to 60 ms of work. */
  static final long PIECE_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Prefault.class);

  private enum State {
    WAITING,
    RUNNING,
    STOPPED
  }

  private final Posix posix;
  private final String name;
  private final long address;
  private final long bytes;
  private final int advice;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CompletableFuture<Long> done = new CompletableFuture<>();

  private Prefault(Posix posix, String name, MemorySegment memory, int advice) {
    this.posix = posix;
    this.name = name;
    this.address = memory.address();
    this.bytes = memory.byteSize();
    this.advice = advice;
  }

  /** Touches as if all were written: for memory, and for files that live in memory. */
  static Prefault forWriting(Posix posix, String name, MemorySegment memory, Executor executor) {
    return started(new Prefault(posix, name, memory, Posix.MADV_POPULATE_WRITE), executor);
  }

  /** Touches as if all were read: for files on disk, which should not be written back whole. */
  static Prefault forReading(Posix posix, String name, MemorySegment memory, Executor executor) {
    return started(new Prefault(posix, name, memory, Posix.MADV_POPULATE_READ), executor);
  }

  private static Prefault started(Prefault prefault, Executor executor) {
    executor.execute(prefault::run);
    return prefault;
  }

  /** Completes with the number of bytes touched from the start, once no more will be. */
  CompletionStage<Long> done() {
    return done.minimalCompletionStage();
  }

  /** Returns once no page is touched any more. Blocks for at most one piece. */
  void stop() {
    if (state.getAndSet(State.STOPPED) == State.WAITING) {
      done.complete(0L);
    }
    done.join();
  }

  private void run() {
    if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
      return;
    }
    long touched = 0;
    try {
      while (touched < bytes && state.get() == State.RUNNING) {
        long piece = Math.min(PIECE_BYTES, bytes - touched);
        posix.advise(address + touched, piece, advice);
        touched += piece;
      }
    } catch (RefusedCall refused) {
      LOG.info(
          "{}: {} of {} bytes pre-faulted, then {}", name, touched, bytes, refused.getMessage());
    } finally {
      done.complete(touched);
    }
  }
}
