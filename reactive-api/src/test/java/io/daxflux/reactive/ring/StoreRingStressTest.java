package io.daxflux.reactive.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.ring.Mailbox.Intake;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real threads, and what they see of each other's memory. Each brings one thing and waits until it
 * was handled, so that the consumer falls asleep again and again just when the next thing comes; a
 * wake-up that is lost leaves a thread waiting.
 */
class StoreRingStressTest {
  @Test
  void everythingIsHandledHoweverOftenTheConsumerFallsAsleep() throws Exception {
    bringAndWait(1, 20_000);
    bringAndWait(3, 10_000);
  }

  @Test
  @Tag("full")
  void everythingIsHandledFullDose() throws Exception {
    bringAndWait(1, 20_000_000);
    bringAndWait(2, 20_000_000);
    bringAndWait(8, 2_000_000);
  }

  private static void bringAndWait(int threads, int rounds) throws Exception {
    StoreRing ring = new StoreRing(16);
    // Only the store's thread counts: what it wrote must be seen by the next that reads it there.
    long[] handled = {0};
    AtomicLong accepted = new AtomicLong();
    try (ExecutorService callers = Executors.newFixedThreadPool(threads)) {
      Future<?>[] all = new Future<?>[threads];
      for (int i = 0; i < threads; i++) {
        int first = i;
        all[i] =
            callers.submit(
                () -> {
                  Caller caller = new Caller(ring, handled);
                  for (int round = 0; round < rounds; round++) {
                    accepted.addAndGet(caller.bring((first + round) % 2 == 0));
                  }
                  return null;
                });
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    ring.closeIntake();
    ring.close();
    assertThat(handled[0]).isEqualTo(accepted.get());
  }

  private static final class Caller extends Returnable {
    private final StoreRing ring;
    private final long[] handled;
    private final Semaphore done = new Semaphore(0);
    private long brought;

    Caller(StoreRing ring, long[] handled) {
      this.ring = ring;
      this.handled = handled;
    }

    /** Returns how many things it brought: one. */
    int bring(boolean asRequest) throws InterruptedException {
      brought++;
      if (asRequest) {
        while (ring.tryPublish(this::onReturn) != Intake.ACCEPTED) {
          Thread.onSpinWait();
        }
      } else {
        ring.giveBack(this);
      }
      assertThat(done.tryAcquire(60, TimeUnit.SECONDS))
          .as("number %s, as a request: %s, was handled", brought, asRequest)
          .isTrue();
      return 1;
    }

    @Override
    protected void onReturn() {
      handled[0]++;
      done.release();
    }
  }
}
