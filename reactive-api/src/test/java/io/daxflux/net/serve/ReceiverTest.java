package io.daxflux.net.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.QuietStores;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;

/** Fails, too, where Reactor is told of an error that reaches nobody. */
class ReceiverTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  private final List<Object> received = new ArrayList<>();

  private final Receiver<String> receiver =
      new Receiver<>() {
        @Override
        public void onNext(String value) {
          received.add(value);
        }

        @Override
        public void onError(Throwable failure) {
          received.add(failure.getMessage());
        }

        @Override
        public void onComplete() {}
      };

  @Test
  void whatComesBehindItsCancelReachesItAndNobodyElse() {
    TestPublisher<String> late =
        TestPublisher.createNoncompliant(
            Violation.CLEANUP_ON_TERMINATE, Violation.DEFER_CANCELLATION);
    late.subscribe(receiver);
    receiver.cancel();

    late.next("value").error(new IllegalStateException("error"));

    late.assertCancelled();
    assertThat(received).containsExactly("value", "error");
  }

  @Test
  void cancelAheadOfItsSubscriptionHolds() {
    TestPublisher<String> source = TestPublisher.create();
    receiver.cancel();

    source.subscribe(receiver);

    source.assertCancelled();
    assertThat(received).isEmpty();
  }
}
