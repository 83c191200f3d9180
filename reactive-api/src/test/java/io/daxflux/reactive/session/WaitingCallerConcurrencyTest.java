package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.reactive.ring.Interleavings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;

/** A caller that goes while it is handed tasks: each is run once, by it or by who was refused. */
class WaitingCallerConcurrencyTest {
  private static final int INTERLEAVINGS = 1500;

  @Test
  void everyTaskIsRunOnce() {
    twoHand(Handing.class).explore(INTERLEAVINGS);
  }

  @Test
  @Tag("full")
  void everyTaskIsRunOnceFullDose() {
    twoHand(Handing.class).explore(200_000);
  }

  @Test
  void whoDoesNotAskWhetherItWasTakenRunsItTwice() {
    assertThatThrownBy(() -> twoHand(Careless.class).explore(INTERLEAVINGS))
        .hasMessageContaining("Invalid execution results");
  }

  @Test
  void onlyALatchIsWaitedFor() {
    assertThat(WaitingCaller.of(new BaseSubscriber<>() {})).isNull();
    assertThat(WaitingCaller.of(new Latch())).isNotNull();
  }

  private static Interleavings twoHand(Class<?> handing) {
    return Interleavings.of(handing).thread("work").thread("handA").thread("handB");
  }

  /** Whoever is refused runs the task itself. */
  public static class Handing {
    final WaitingCaller caller = WaitingCaller.of(new Latch());
    private final AtomicInteger a = new AtomicInteger();
    private final AtomicInteger b = new AtomicInteger();

    public void work() {
      caller.work();
    }

    public void handA() {
      hand(a::incrementAndGet);
    }

    public void handB() {
      hand(b::incrementAndGet);
    }

    void hand(Runnable task) {
      if (!caller.take(task)) {
        task.run();
      }
    }

    public void check() {
      Interleavings.require(a.get() == 1 && b.get() == 1, "each is run once");
    }
  }

  /** Takes every task for refused. */
  public static final class Careless extends Handing {
    @Override
    void hand(Runnable task) {
      caller.take(task);
      task.run();
    }
  }

  private static final class Latch extends CountDownLatch implements CoreSubscriber<Object> {
    Latch() {
      super(1);
    }

    @Override
    public void onSubscribe(Subscription subscription) {}

    @Override
    public void onNext(Object value) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
