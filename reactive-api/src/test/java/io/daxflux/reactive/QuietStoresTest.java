package io.daxflux.reactive;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.keys;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.daxflux.reactive.outcome.RestoredChunk;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.reactivestreams.Subscription;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** The watch over all other tests must itself be seen to bark. */
class QuietStoresTest {
  @Test
  void testThatLeavesNothingPasses() {
    run("tidy", finishedSuccessfully());
  }

  @Test
  void restoredChunkLeftOpenFailsTheTestAndSaysWhereItWasAskedFor() {
    run("leaveChunkOpen", failing("1 handles out", "restored chunk a", "Samples.leaveChunkOpen"));
  }

  @Test
  void borrowLeftOpenFailsTheTestAndSaysWhereItWasAskedFor() {
    run("leaveBorrowOpen", failing("borrowed prefix of 1 chunks", "Samples.leaveBorrowOpen"));
  }

  @Test
  void pinLeftOpenFailsTheTestAndSaysWhereItWasAskedFor() {
    run("leavePinOpen", failing("pinned prefix of 1 chunks", "Samples.leavePinOpen"));
  }

  @Test
  void streamLeftWithoutDemandFailsTheTest() {
    run("leaveStreamOpen", failing("sessions=1", "1 requests under way"));
  }

  @Test
  void droppedErrorFailsTheTest() {
    run("dropError", failing("dropped error", "nobody cares"));
  }

  @Test
  void droppedValueFailsTheTest() {
    run("dropValue", failing("dropped value: lost"));
  }

  @Test
  void unexpectedWarningFailsTheTest() {
    run("warn", failing("WARN something is odd"));
  }

  @Test
  void expectedWarningThatDoesNotComeFailsTheTest() {
    run("expectWarningInVain", failing("expected in the log", "never said"));
  }

  private static Condition<Event> failing(String... parts) {
    return finishedWithFailure(
        instanceOf(AssertionError.class),
        message(text -> Arrays.stream(parts).allMatch(text::contains)));
  }

  private static void run(String method, Condition<Event> ending) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(Samples.class, method))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(ending));
  }

  /** Run only by the tests above: nested classes are not looked for. */
  static class Samples {
    @RegisterExtension final QuietStores stores = new QuietStores(Duration.ofMillis(20));

    @Test
    void tidy() {
      ReactiveChunkStore store = withChunk();
      store.restoreAll(keys("a")).block(SOON).close();
    }

    @Test
    void leaveChunkOpen() {
      withChunk().restorePrefix(keys("a")).blockLast(SOON);
    }

    @Test
    void leaveBorrowOpen() {
      withChunk().borrowPrefix(keys("a")).block(SOON);
    }

    @Test
    void leavePinOpen() {
      withChunk().pinPrefix(keys("a")).block(SOON);
    }

    @Test
    void leaveStreamOpen() {
      ReactiveChunkStore store = withChunk();
      Chunks.put(store, "b", 1);
      store
          .restorePrefix(keys("a", "b"))
          .subscribe(
              new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                  subscription.request(1);
                }

                @Override
                protected void hookOnNext(RestoredChunk chunk) {
                  chunk.close();
                }
              });
    }

    @Test
    void dropError() {
      Operators.onErrorDropped(new IllegalStateException("nobody cares"), Context.empty());
    }

    @Test
    void dropValue() {
      Operators.onNextDropped("lost", Context.empty());
    }

    @Test
    void warn() {
      LoggerFactory.getLogger(Samples.class).warn("something is odd");
    }

    @Test
    void expectWarningInVain() {
      stores.expectLog("never said");
    }

    private ReactiveChunkStore withChunk() {
      ReactiveChunkStore store = stores.open();
      Chunks.put(store, "a", 100);
      return store;
    }
  }
}
