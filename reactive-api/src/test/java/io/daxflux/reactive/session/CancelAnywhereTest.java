package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.session.SteppedStore.First;
import io.daxflux.restore.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cancels every kind of request after each of its steps, from before it begins until after its end,
 * and whoever is quicker then: the store's thread, the copies under way or the deliveries. So a
 * cancel meets each reservation, allocation, region, commit and hand-over from both sides.
 */
class CancelAnywhereTest {
  @RegisterExtension final QuietStores quiet = new QuietStores();

  @ParameterizedTest
  @EnumSource
  void cancelAfterAnyStepLeavesNothing(Scenario scenario) {
    for (First before : First.values()) {
      int steps = stepsOf(scenario, before);
      for (int cancelAfter = 0; cancelAfter <= steps; cancelAfter++) {
        for (First after : First.values()) {
          cancelled(scenario, before, cancelAfter, after);
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

  private static void cancelled(Scenario scenario, First before, int steps, First after) {
    try (SteppedStore store = scenario.open()) {
      Receiver<?> receiver = scenario.start();
      for (int i = 0; i < steps; i++) {
        assertThat(store.step(before)).isTrue();
      }
      receiver.cancel();
      store.settle(after);
      scenario.verify(receiver);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "cancelled after " + steps + " steps, " + before + " first, then " + after, failure);
    }
  }

  /** While the worker is in the middle of the region, nothing of it may be given back. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "BORROW",
        "BORROW_ALL",
        "PIN",
        "ASYNC_PUT",
        "PUT_THAT_WAITS_FOR_ANOTHER",
        "STREAMED_PUT",
        "STREAMED_TOGETHER",
        "STREAMED_EXCHANGE",
        "STREAMED_REPLACE_THAT_WAITS_FOR_ANOTHER"
      })
  void cancelBetweenSlicesEndsTheRegionAndOnlyThenGivesBack(Scenario scenario) {
    int slices = slicesOf(scenario);
    assertThat(slices).isPositive();
    for (int slice = 1; slice <= slices; slice++) {
      for (First after : First.values()) {
        cancelledBefore(slice, scenario, after);
      }
    }
  }

  private static int slicesOf(Scenario scenario) {
    int[] slices = new int[1];
    try (SteppedStore store = scenario.open()) {
      store.copyControl.betweenSlices(() -> slices[0]++);
      Receiver<?> receiver = scenario.start();
      store.settle();
      scenario.verify(receiver);
    }
    return slices[0];
  }

  private static void cancelledBefore(int slice, Scenario scenario, First after) {
    try (SteppedStore store = scenario.open()) {
      int[] slices = new int[1];
      List<Region> cancelledIn = new ArrayList<>();
      Receiver<?> receiver = scenario.start();
      store.copyControl.betweenSlices(
          () -> {
            Region region = store.copyControl.begun().getLast();
            assertThat(cancelledIn).as("regions that go on").noneMatch(gone -> gone == region);
            if (++slices[0] == slice) {
              cancelledIn.add(region);
              receiver.cancel();
              store.settleStore();
              store.assertHeld();
            }
          });
      store.settle(after);
      scenario.verify(receiver);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("cancelled before slice " + slice + ", then " + after, failure);
    }
  }
}
