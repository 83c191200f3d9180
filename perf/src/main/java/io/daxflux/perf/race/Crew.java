package io.daxflux.perf.race;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A caller and its helpers, who do one thing together. For as long as they are alert the helpers
 * spin, so that handing work over costs nothing to speak of: what is measured is the work. Else
 * they are parked, and cost nobody anything.
 *
 * <p>One caller at a time.
 */
public final class Crew implements AutoCloseable {
  private static final int SPINS = 10_000;

  private final int size;
  private final List<Thread> helpers = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private volatile boolean alert;
  private volatile boolean closed;

  /** Counts the tasks; a helper that sees it grow does its part. */
  private final AtomicInteger task = new AtomicInteger();

  /** Written before the count grows, and read behind it. */
  private Part part = member -> {};

  private volatile @Nullable Throwable failure;

  /** A part of the work. */
  @FunctionalInterface
  public interface Part {
    /** Does what this member is to do: 0 is the caller. */
    void run(int member);
  }

  /** Caller and helpers are so many. */
  public Crew(int size) {
    this.size = size;
    for (int member = 1; member < size; member++) {
      int number = member;
      helpers.add(Thread.ofPlatform().daemon().name("crew-" + member).start(() -> help(number)));
    }
  }

  /** How many they are. */
  public int size() {
    return size;
  }

  /** Has the helpers spin, or lets them rest. */
  public void alert(boolean spinning) {
    alert = spinning;
    if (spinning) {
      helpers.forEach(LockSupport::unpark);
    }
  }

  /** Has everybody do a part, and returns when all have. */
  public void run(Part parts) {
    if (size == 1) {
      parts.run(0);
      return;
    }
    part = parts;
    busy.set(size - 1);
    task.incrementAndGet();
    if (!alert) {
      helpers.forEach(LockSupport::unpark);
    }
    parts.run(0);
    for (int spins = 0; busy.get() > 0; spins++) {
      pause(spins);
    }
    if (failure != null) {
      throw new IllegalStateException("a helper failed", failure);
    }
  }

  /** Where others want the core, whoever is waited for may be among them. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted
  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  private void help(int member) {
    int done = 0;
    while (true) {
      for (int spins = 0; task.get() == done; spins++) {
        if (closed) {
          return;
        }
        if (alert) {
          pause(spins);
        } else {
          LockSupport.park(this);
        }
      }
      done = task.get();
      try {
        part.run(member);
      } catch (RuntimeException | Error wrong) {
        failure = wrong;
      } finally {
        busy.decrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    helpers.forEach(LockSupport::unpark);
  }
}
