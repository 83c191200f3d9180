package io.daxflux.perf.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadTest {
  @Test
  void eachThreadRepeatsItsStepUntilClosed() throws InterruptedException {
    AtomicIntegerArray steps = new AtomicIntegerArray(2);
    CountDownLatch repeated = new CountDownLatch(2);

    try (Load _ =
        new Load(
            2,
            thread -> {
              if (steps.incrementAndGet(thread) == 3) {
                repeated.countDown();
              }
            })) {
      repeated.await();
    }

    assertThat(steps.get(0)).isGreaterThanOrEqualTo(3);
    assertThat(steps.get(1)).isGreaterThanOrEqualTo(3);
  }

  @Test
  void failureOfAStepIsThrownAtClose() throws InterruptedException {
    CountDownLatch stepped = new CountDownLatch(1);
    Load load =
        new Load(
            1,
            _ -> {
              stepped.countDown();
              throw new IllegalArgumentException("no bytes");
            });
    stepped.await();

    assertThatThrownBy(load::close).hasRootCauseMessage("no bytes");
  }
}
