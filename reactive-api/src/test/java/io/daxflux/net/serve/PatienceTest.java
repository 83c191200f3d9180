package io.daxflux.net.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.outcome.BusyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;

class PatienceTest {
  private final AtomicInteger asked = new AtomicInteger();

  private Mono<String> busy(int times) {
    return Mono.defer(
        () ->
            asked.getAndIncrement() < times
                ? Mono.error(new BusyException(8))
                : Mono.just("answer"));
  }

  @Test
  void asksABusyStoreAgain() {
    StepVerifier.withVirtualTime(() -> Patience.with(busy(3)))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(1 + 2 + 4))
        .expectNext("answer")
        .verifyComplete();
    assertThat(asked).hasValue(4);
  }

  @Test
  void givesUpOnAStoreThatStaysBusy() {
    StepVerifier.withVirtualTime(() -> Patience.with(busy(Integer.MAX_VALUE)))
        .thenAwait(Duration.ofSeconds(2))
        .verifyError(BusyException.class);
    assertThat(asked).hasValue(Patience.MOST_RETRIES + 1);
  }

  @Test
  void handsOtherFailuresOn() {
    StepVerifier.create(Patience.with(Mono.error(new IllegalStateException("broken"))))
        .verifyErrorMessage("broken");
  }

  @Test
  void handsOnWhatComesBehindACancel() {
    List<String> received = new ArrayList<>();
    BaseSubscriber<String> client =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnNext(String lease) {
            received.add(lease);
          }
        };
    TestPublisher<String> store = TestPublisher.createNoncompliant(Violation.CLEANUP_ON_TERMINATE);
    AtomicReference<Subscriber<? super String>> asking = new AtomicReference<>();
    Patience.with(
            Mono.fromDirect(
                (Subscriber<? super String> subscriber) -> {
                  asking.set(subscriber);
                  store.subscribe(subscriber);
                }))
        .subscribe(client);

    client.cancel();
    asking.get().onNext("lease");

    assertThat(received).containsExactly("lease");
  }
}
