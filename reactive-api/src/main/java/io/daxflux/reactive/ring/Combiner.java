package io.daxflux.reactive.ring;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import reactor.core.scheduler.NonBlocking;

/**
 * Lets one thread at a time serve the store: whoever brings work while nobody serves does so
 * itself, as a guest, and serves what others bring meanwhile, too. After a few rounds it leaves the
 * rest to the store's own thread, so that nobody is kept for long by the work of others. Nothing
 * that is brought to an idle store wakes a thread, and wake-ups are what small requests wait for.
 *
 * <p>It is the flat combining of Hendler, Incze, Shavit and Tzafrir (SPAA 2010), with the work in
 * queues in place of their publication list.
 *
 * <h2>Thread-safety</h2>
 *
 * {@link #brought} counts what was brought since the serving thread last looked; the one that finds
 * it at zero serves. All that one server did happens before all that the next one does.
 */
class Combiner {
  /** What is served, a bounded piece at a time. Must not throw. */
  interface Work {
    /** Serves some of what was brought; returns whether some may be left. */
    boolean serve();
  }

  private final Work work;
  private final int guestsRounds;
  private final AtomicInteger brought = new AtomicInteger();
  private final Thread owner;

  /** Whether the owner is to serve next: {@link #brought} is above zero on its behalf. */
  private volatile boolean handedOver;

  /** Read and written by whoever serves. */
  private boolean ending;

  private volatile boolean ended;

  /**
   * Serves this work; {@link #start} before anything is brought.
   *
   * @param guestsRounds how many pieces a guest serves at most; 0 to leave all to the owner
   */
  Combiner(Work work, int guestsRounds, String ownersName) {
    this.work = work;
    this.guestsRounds = guestsRounds;
    this.owner = new OwnThread(this::serveWhatIsLeft, ownersName);
  }

  final void start() {
    owner.start();
  }

  /** Says that there is something to serve. Any thread, after it was put where it is found. */
  final void bring() {
    if (brought.getAndIncrement() == 0) {
      serve(guestsRounds);
    }
  }

  /** The calling thread serves, until nothing is left or its rounds are over. */
  private void serve(int rounds) {
    int seen = brought.get();
    for (int left = rounds; left > 0; left--) {
      if (!work.serve()) {
        if (ending) {
          // Never given up: nobody serves from now on.
          ended = true;
          wakeOwner();
          return;
        }
        seen = brought.addAndGet(-seen);
        if (seen == 0) {
          return;
        }
      }
    }
    handedOver = true;
    wakeOwner();
  }

  /** What the owner does, until the end. */
  final void serveWhatIsLeft() {
    while (!ended) {
      if (handedOver) {
        handedOver = false;
        serve(Integer.MAX_VALUE);
      } else {
        rest();
      }
    }
  }

  /** Lets the owner wait until it is woken, or for no reason. */
  void rest() {
    LockSupport.park(this);
  }

  void wakeOwner() {
    LockSupport.unpark(owner);
  }

  /** Serves what was brought before, and then nothing any more. By whoever serves. */
  final void end() {
    ending = true;
  }

  /** Waits until nobody serves any more, after {@link #end} was brought. */
  final void awaitEnd() throws InterruptedException {
    owner.join();
  }

  final boolean hasEnded() {
    return ended;
  }

  /** Marked, so that {@code block()} on it fails at once and by name. */
  private static final class OwnThread extends Thread implements NonBlocking {
    OwnThread(Runnable code, String name) {
      super(code, name);
      setDaemon(true);
    }
  }
}
