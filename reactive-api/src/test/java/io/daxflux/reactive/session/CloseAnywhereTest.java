package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.session.SteppedStore.First;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Closes the store after each step of every kind of request: what can end in time ends as if
 * nothing had happened, what cannot is told so when the grace is over, and close completes.
 */
class CloseAnywhereTest {
  @RegisterExtension final QuietStores quiet = new QuietStores();

  @ParameterizedTest
  @EnumSource
  void closeAfterAnyStepWaitsForWhatIsUnderWay(Scenario scenario) {
    everywhere(
        scenario,
        (store, receiver, order) -> {
          Future<List<String>> closing = store.loop.close().toFuture();
          do {
            store.settle(order);
          } while (receiver.closeReceived());
          if (!receiver.isEnded()) {
            assertThat(scenario).isEqualTo(Scenario.PREFIX_SHORT_OF_MEMORY);
            store.pass(PrefixSession.OWN_MEMORY_GRACE);
          }
          assertThat(closing)
              .succeedsWithin(SOON)
              .as("handles that were late")
              .isEqualTo(List.of());
        });
  }

  @ParameterizedTest
  @EnumSource
  void graceThatIsOverEndsWhatIsUnderWay(Scenario scenario) {
    quiet.allowLog("close: after PT10S there are still");
    quiet.allowLog("an accepted put was cut off by the close");
    everywhere(
        scenario,
        (store, receiver, order) -> {
          Future<List<String>> closing = store.loop.close().toFuture();
          store.settleStore();
          store.delivery.advance(SteppedStore.CLOSE_GRACE);
          store.settle(order);
          assertThat(closing).succeedsWithin(SOON);
          while (receiver.closeReceived()) {
            store.settle(order);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void cancelWhileClosingLeavesNothing(Scenario scenario) {
    everywhere(
        scenario,
        (store, receiver, order) -> {
          Future<List<String>> closing = store.loop.close().toFuture();
          store.step(order);
          receiver.cancel();
          do {
            store.settle(order);
          } while (receiver.closeReceived());
          assertThat(closing).succeedsWithin(SOON).isEqualTo(List.of());
        });
  }

  /** Closes, and brings the store to its end. */
  private interface Ending {
    void of(SteppedStore store, Receiver<?> receiver, First order);
  }

  private static void everywhere(Scenario scenario, Ending ending) {
    for (First order : First.values()) {
      int steps = stepsOf(scenario, order);
      for (int closeAfter = 0; closeAfter <= steps; closeAfter++) {
        try (SteppedStore store = scenario.open()) {
          Receiver<?> receiver = scenario.start();
          for (int i = 0; i < closeAfter; i++) {
            store.step(order);
          }
          ending.of(store, receiver, order);
          assertThat(receiver.isEnded() || receiver.isCancelled()).isTrue();
          if (receiver.error() != null) {
            assertThat(receiver.error()).isInstanceOf(ClosedException.class);
          }
          scenario.assertPayloadBack();
          store.assertQuiet();
        } catch (RuntimeException | AssertionError failure) {
          throw new AssertionError("closed after " + closeAfter + " steps, " + order, failure);
        }
      }
    }
  }

  private static int stepsOf(Scenario scenario, First order) {
    try (SteppedStore store = scenario.open()) {
      Receiver<?> receiver = scenario.start();
      int steps = store.settle(order);
      scenario.verify(receiver);
      return steps;
    }
  }
}
