package io.daxflux.reactive.ring;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.ring.Mailbox.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.NonBlocking;

class StoreRingTest {
  private static final int SLOTS = 4;

  private final StoreRing ring = new StoreRing(SLOTS);

  /** Takes without a lock: the store's thread adds to it. */
  private final LinkedTransferQueue<String> handled = new LinkedTransferQueue<>();

  private final CountDownLatch mayGoOn = new CountDownLatch(1);

  @AfterEach
  void stop() throws InterruptedException {
    mayGoOn.countDown();
    ring.closeIntake();
    ring.close();
  }

  @Test
  void requestsBeginInTheirOrderOnAThreadOfItsOwnThatMustNotBlockWhereGuestsDoNotServe()
      throws InterruptedException {
    StoreRing ring = StoreRing.withoutGuests(SLOTS);
    List<Thread> threads = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      assertThat(
              ring.tryPublish(
                  () -> {
                    threads.add(Thread.currentThread());
                    handled.add(name);
                  }))
          .isEqualTo(Intake.ACCEPTED);
    }

    assertHandled("a", "b", "c");
    assertThat(threads.getFirst()).isInstanceOf(NonBlocking.class);
    assertThat(threads.getFirst().getName()).isEqualTo("daxflux-store");
    assertThat(threads).containsOnly(threads.getFirst());
    ring.close();
  }

  @Test
  void whoeverBringsSomethingToAnIdleRingServesItAtOnce() {
    List<Thread> threads = new ArrayList<>();

    ring.tryPublish(() -> threads.add(Thread.currentThread()));
    ring.giveBack(
        new Returnable() {
          @Override
          protected void onReturn() {
            threads.add(Thread.currentThread());
          }
        });

    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void guestIsNotKeptByWhatOthersBringWithoutEnd() throws InterruptedException {
    ring.tryPublish(new Endless());

    assertThat(mayGoOn.getCount()).as("still being brought when the guest left").isEqualTo(1);
  }

  @Test
  void whatWasGivenBackIsTakenBackBeforeTheNextRequestBegins() throws InterruptedException {
    holdTheConsumer();
    ring.tryPublish(() -> handled.add("request"));
    ring.giveBack(item("returned"));

    mayGoOn.countDown();

    assertHandled("returned", "request");
  }

  @Test
  void returnsWakeAConsumerThatHasNothingElseToDo() throws InterruptedException {
    ring.giveBack(item("a"));
    assertHandled("a");

    ring.giveBack(item("b"));
    assertHandled("b");
  }

  @Test
  void fullRingRefusesRequestsButNoReturns() throws InterruptedException {
    holdTheConsumer();
    // The request that holds it keeps its slot until it has ended.
    for (int i = 1; i < SLOTS; i++) {
      assertThat(ring.tryPublish(() -> handled.add("request"))).isEqualTo(Intake.ACCEPTED);
    }
    assertThat(ring.tryPublish(() -> handled.add("one too many"))).isEqualTo(Intake.FULL);
    ring.giveBack(item("returned"));

    mayGoOn.countDown();

    assertHandled("returned", "request", "request", "request");
    assertThat(ring.tryPublish(() -> handled.add("later"))).isEqualTo(Intake.ACCEPTED);
    assertHandled("later");
  }

  @Test
  void requestThatFailsDoesNotEndTheConsumer() throws InterruptedException {
    ring.tryPublish(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    ring.tryPublish(() -> handled.add("next"));

    assertHandled("next");
  }

  @Test
  void closedIntakeRefusesRequestsButNoReturns() throws InterruptedException {
    ring.closeIntake();

    assertThat(ring.tryPublish(() -> handled.add("late"))).isEqualTo(Intake.CLOSED);
    ring.giveBack(item("returned"));
    assertHandled("returned");
  }

  @Test
  void whatWasTakenInBeginsBeforeTheConsumerStops() throws InterruptedException {
    holdTheConsumer();
    ring.tryPublish(() -> handled.add("a"));
    ring.tryPublish(() -> handled.add("b"));
    ring.closeIntake();
    mayGoOn.countDown();

    ring.close();

    assertThat(handled).containsExactly("a", "b");
  }

  /** Some other thread serves until it may go on. */
  private void holdTheConsumer() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    Thread.ofPlatform()
        .start(
            () ->
                ring.tryPublish(
                    () -> {
                      held.countDown();
                      // Busy: a thread that must not block cannot wait in any other way.
                      while (mayGoOn.getCount() > 0) {}
                    }));
    held.await();
  }

  /** Brings itself again until it may go on, which it may when the test is over. */
  private final class Endless implements Request {
    @Override
    public void begin() {
      if (mayGoOn.getCount() > 0) {
        ring.tryPublish(this);
      }
    }
  }

  private Returnable item(String name) {
    return new Returnable() {
      @Override
      protected void onReturn() {
        handled.add(name);
      }
    };
  }

  private void assertHandled(String... names) throws InterruptedException {
    List<String> found = new ArrayList<>();
    while (found.size() < names.length) {
      String next = handled.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).as("after %s", found).isNotNull();
      found.add(next);
    }
    assertThat(found).containsExactly(names);
  }
}
