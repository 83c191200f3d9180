package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

class DeliveryThreadsTest {

  private final CountDownLatch release = new CountDownLatch(1);

  /** Takes one of the threads, whatever interrupts it; BlockHound must not see it wait. */
  private void hold(DeliveryThreads threads) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    threads.execute(
        () -> {
          held.countDown();
          long turns = 0;
          while (release.getCount() > 0) {
            turns++;
          }
          assertThat(turns).isNotNegative();
        });
    await(held);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskThatHoldsItsThreadHoldsUpNoOther() throws InterruptedException {
    DeliveryThreads threads = new DeliveryThreads(2);
    hold(threads);
    CountDownLatch told = new CountDownLatch(100);

    for (int i = 0; i < 100; i++) {
      threads.execute(told::countDown);
    }

    await(told);
    release.countDown();
    threads.end(SOON);
  }

  @Test
  void whatIsLeftAtTheEndIsRunElsewhereAndWhoIsHeldIsNamed() throws InterruptedException {
    DeliveryThreads threads = new DeliveryThreads(1);
    hold(threads);
    CountDownLatch told = new CountDownLatch(10);
    for (int i = 0; i < 10; i++) {
      threads.execute(told::countDown);
    }

    assertThatThrownBy(() -> threads.end(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "expected them to end within PT0S, found [daxflux-delivery-1] held by subscribers'"
                + " code");

    await(told);
    release.countDown();
  }

  @Test
  void whatComesAfterTheEndIsRunElsewhere() throws InterruptedException {
    DeliveryThreads threads = new DeliveryThreads(2);
    threads.end(SOON);
    CountDownLatch told = new CountDownLatch(1);

    threads.execute(told::countDown);

    await(told);
  }

  @Test
  void aTaskThatFailsLeavesItsThreadToOthers() throws InterruptedException {
    DeliveryThreads threads = new DeliveryThreads(1);
    AtomicReference<Throwable> seen = new AtomicReference<>();
    CountDownLatch told = new CountDownLatch(1);

    threads.execute(
        () -> Thread.currentThread().setUncaughtExceptionHandler((_, why) -> seen.set(why)));
    threads.execute(
        () -> {
          throw new StackOverflowError("meant");
        });
    threads.execute(told::countDown);

    await(told);
    assertThat(seen.get()).hasMessage("meant");
    threads.end(SOON);
  }

  @Test
  void tasksRunOnMarkedThreadsAndEachOnce() throws InterruptedException {
    int producers = 3;
    int each = 20_000;
    DeliveryThreads threads = new DeliveryThreads(2);
    AtomicInteger unmarked = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch told = new CountDownLatch(producers * each);
    List<Thread> producing = new ArrayList<>();
    for (int producer = 0; producer < producers; producer++) {
      producing.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      threads.execute(
                          () -> {
                            runs.incrementAndGet();
                            if (!(Thread.currentThread() instanceof NonBlocking)) {
                              unmarked.incrementAndGet();
                            }
                            told.countDown();
                          });
                    }
                  }));
    }
    for (Thread thread : producing) {
      thread.join(SOON);
    }

    await(told);
    threads.end(SOON);
    assertThat(runs).hasValue(producers * each);
    assertThat(unmarked).hasValue(0);
  }

  @Test
  void theyServeAsAScheduler() throws InterruptedException {
    DeliveryThreads threads = new DeliveryThreads(1);
    CountDownLatch told = new CountDownLatch(1);

    Schedulers.fromExecutor(threads).schedule(told::countDown);

    await(told);
    threads.end(SOON);
  }
}
