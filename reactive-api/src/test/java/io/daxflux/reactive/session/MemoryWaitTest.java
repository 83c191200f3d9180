package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keysOf;
import static io.daxflux.reactive.session.PrefixSession.OWN_MEMORY_GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.outcome.OutputBudgetException;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StreamIdleException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Streams that find no memory or no demand: whom they wait for, for how long, and how it ends. */
class MemoryWaitTest {
  private static final Duration RESTORE_WAIT = Duration.ofSeconds(30);
  private static final Duration LEASE_MAX_AGE = Duration.ofMinutes(5);
  private static final Duration TICK = Duration.ofMillis(1);

  @RegisterExtension final QuietStores quiet = new QuietStores();

  private SteppedStore store;

  /** Six chunks of one block, and output memory for four. */
  @BeforeEach
  void open() {
    open(RESTORE_WAIT);
  }

  private void open(Duration restoreWait) {
    store =
        new SteppedStore(
            64 * BLOCK,
            4 * BLOCK,
            config -> config.restoreWait(restoreWait).leaseMaxAge(LEASE_MAX_AGE));
    store.put(chunksOf("c", 6, BLOCK));
  }

  @AfterEach
  void nothingIsLeft() {
    store.settle();
    store.assertQuiet();
    store.close();
  }

  @Test
  void collectorThatHoldsAllOfTheMemoryIsGivenAMomentAndThenEnds() {
    Receiver<PrefixEvent> stream = explain(6);
    store.settle();
    assertThat(stream.received()).hasSize(4);

    store.pass(OWN_MEMORY_GRACE.minus(TICK));
    assertThat(stream.isEnded()).isFalse();
    store.pass(TICK);

    assertThat(stream.received().getLast()).isEqualTo(new PrefixEnd(4, Reason.OUTPUT_BUDGET, null));
    assertThat(stream.isCompleted()).isTrue();
    stream.closeReceived();
  }

  @Test
  void givingSomethingBackBeginsTheMomentAnew() {
    Receiver<PrefixEvent> stream = explain(6);
    store.settle();
    for (int i = 0; i < 2; i++) {
      store.pass(OWN_MEMORY_GRACE.minus(TICK));
      ((RestoredChunk) stream.received().get(i)).close();
      store.settle();
    }

    assertThat(stream.received().getLast()).isEqualTo(new PrefixEnd(6, Reason.WHOLE, null));
    stream.closeReceived();
  }

  @Test
  void momentIsNoLongerThanWaitingMayBe() {
    store.close();
    open(Duration.ofMillis(100));
    Receiver<PrefixEvent> stream = explain(6);
    store.settle();

    store.pass(Duration.ofMillis(100));

    assertThat(stream.isCompleted()).isTrue();
    stream.closeReceived();
  }

  @Test
  void streamWaitsForMemoryThatOthersHoldAndGoesOn() {
    RestoredBatch others = holdAll();
    Receiver<PrefixEvent> stream = explain(4);
    store.pass(RESTORE_WAIT.minus(TICK));
    assertThat(stream.received()).isEmpty();
    assertThat(stream.isEnded()).isFalse();

    others.hits().get(1).close();
    store.settle();
    assertThat(stream.received()).hasSize(1);
    others.close();
    store.settle();

    assertThat(stream.received().getLast()).isEqualTo(new PrefixEnd(4, Reason.WHOLE, null));
    stream.closeReceived();
  }

  @Test
  void streamThatWaitsForOthersInVainEndsWithWhatItHas() {
    RestoredBatch others = holdAll();
    others.hits().getFirst().close();
    store.settle();
    Receiver<PrefixEvent> stream = explain(4);
    store.settle();
    assertThat(stream.received()).hasSize(1);

    store.pass(RESTORE_WAIT);

    assertThat(stream.received().getLast()).isEqualTo(new PrefixEnd(1, Reason.OUTPUT_BUDGET, null));
    stream.closeReceived();
    others.close();
  }

  @Test
  void streamsThatWaitAreServedInTheirOrderAndInTurn() {
    RestoredBatch others = holdAll();
    Receiver<PrefixEvent> first = explain(2);
    Receiver<PrefixEvent> second = explain(2);
    store.settle();

    others.hits().get(0).close();
    store.settle();
    assertThat(first.received()).hasSize(1);
    assertThat(second.received()).isEmpty();
    others.hits().get(1).close();
    store.settle();
    assertThat(first.received()).hasSize(1);
    assertThat(second.received()).hasSize(1);

    others.close();
    store.settle();
    assertThat(first.isCompleted()).isTrue();
    assertThat(second.isCompleted()).isTrue();
    first.closeReceived();
    second.closeReceived();
  }

  @Test
  void streamThatCancelsWhileItWaitsLeavesItsPlaceToTheNext() {
    RestoredBatch others = holdAll();
    Receiver<PrefixEvent> first = explain(2);
    Receiver<PrefixEvent> second = explain(1);
    store.settle();
    others.hits().getFirst().close();
    store.settleStore();
    first.cancel();
    store.settle();

    others.close();
    store.settle();

    assertThat(second.isCompleted()).isTrue();
    second.closeReceived();
  }

  @Test
  void streamThatGivesUpWaitingLeavesItsPlaceToTheNext() {
    RestoredBatch others = holdAll();
    Receiver<PrefixEvent> first = explain(4);
    store.settle();
    store.pass(RESTORE_WAIT.dividedBy(2));
    Receiver<PrefixEvent> second = explain(1);
    store.settle();

    store.pass(RESTORE_WAIT.dividedBy(2));
    assertThat(first.received()).containsExactly(new PrefixEnd(0, Reason.OUTPUT_BUDGET, null));
    others.hits().getFirst().close();
    store.settle();

    assertThat(second.received().getLast()).isEqualTo(new PrefixEnd(1, Reason.WHOLE, null));
    second.closeReceived();
    others.close();
  }

  @Test
  void batchDoesNotWait() {
    RestoredBatch others = holdAll();

    Receiver<RestoredBatch> batch = store.subscribe(restoreAll(1));
    store.settle();

    assertThat(batch.error()).isInstanceOf(OutputBudgetException.class);
    others.close();
  }

  @Test
  void streamWithoutDemandIsIdleAfterItsLeasesGrewOld() {
    Receiver<PrefixEvent> stream =
        store.subscribe(store.requests.explainPrefix(keysOf("c", 6), RestoreMode.DIRECT), 1);
    store.settle();
    store.pass(LEASE_MAX_AGE.minus(TICK));
    stream.request(1);
    store.settle();
    store.pass(LEASE_MAX_AGE.minus(TICK));
    assertThat(stream.isEnded()).isFalse();
    assertThat(store.loop.store().figures().leases()).isEqualTo(4);

    store.pass(TICK);

    assertThat(stream.received()).hasSize(2);
    assertThat(stream.error())
        .isInstanceOf(StreamIdleException.class)
        .hasMessage("stream idle: expected demand within PT5M (dax.lease_max_age), found none");
    assertThat(store.loop.store().figures().leases()).isZero();
    stream.closeReceived();
  }

  @Test
  void streamThatWaitsForMemoryIsNotIdle() {
    store.close();
    open(LEASE_MAX_AGE.multipliedBy(2));
    RestoredBatch others = holdAll();
    Receiver<PrefixEvent> stream = explain(1);
    store.pass(LEASE_MAX_AGE.plus(TICK));
    assertThat(stream.isEnded()).isFalse();

    others.close();
    store.settle();

    assertThat(stream.isCompleted()).isTrue();
    stream.closeReceived();
  }

  private Receiver<PrefixEvent> explain(int chunks) {
    List<ChunkKey> keys = keysOf("c", chunks);
    return store.subscribe(store.requests.explainPrefix(keys, RestoreMode.DIRECT));
  }

  private Mono<RestoredBatch> restoreAll(int chunks) {
    return store.requests.restoreAll(keysOf("c", chunks), RestoreMode.DIRECT);
  }

  /** Takes all of the output memory. */
  private RestoredBatch holdAll() {
    return store.ask(restoreAll(4));
  }
}
