package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.SMALL;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.AlreadyPresent;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.PutStart;
import io.daxflux.reactive.outcome.StreamIdleException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writers and what else may happen at the same time, step by step. */
class WriterStepsTest {
  private static final Duration LEASE_MAX_AGE = Duration.ofMinutes(5);

  @RegisterExtension final QuietStores quiet = new QuietStores();

  private SteppedStore store;

  @BeforeEach
  void open() {
    store = new SteppedStore(1 << 20, 1 << 20, config -> config.leaseMaxAge(LEASE_MAX_AGE));
  }

  @AfterEach
  void nothingIsLeft() {
    store.settle();
    store.assertQuiet();
    store.close();
  }

  private ChunkWriter start(String name, PutMode mode) {
    ChunkHead head = ChunkHead.of(key(name), ChunkLayout.blob(SMALL));
    PutStart start = store.ask(store.requests.startPut(head, mode));
    return (ChunkWriter) start;
  }

  private Receiver<Void> write(ChunkWriter writer) {
    return store.subscribe(writer.write(MemorySegment.ofArray(bytesOf("any", SMALL))));
  }

  private ChunkWriter written(String name, PutMode mode) {
    ChunkWriter writer = start(name, mode);
    assertThat(write(writer).isEnded()).isFalse();
    store.settle();
    return writer;
  }

  @Test
  void closeWaitsForThePartThatIsBeingCopied() {
    ChunkWriter writer = start("a", PutMode.REPLACE);
    AtomicInteger released = new AtomicInteger();
    int[] slices = new int[1];
    store.copyControl.betweenSlices(
        () -> {
          slices[0]++;
          writer.close();
          while (store.stepStore() || store.stepDeliveries()) {
            continue;
          }
          assertThat(released).hasValue(0);
          assertThat(store.loop.store().figures().reservations()).isEqualTo(1);
        });

    Receiver<Void> write =
        store.subscribe(
            writer.write(MemorySegment.ofArray(new byte[SMALL]), released::incrementAndGet));
    store.settle();

    assertThat(slices[0]).isPositive();
    assertThat(released).hasValue(1);
    assertThat(write.error()).isInstanceOf(IllegalStateException.class);
    assertThat(store.loop.store().figures().reservations()).isZero();
  }

  @Test
  void commitComesBehindThePartsBeforeIt() {
    ChunkWriter writer = start("a", PutMode.REPLACE);
    Receiver<Void> write = write(writer);
    Receiver<PutOutcome> commit = store.subscribe(writer.commit());
    store.settleStore();
    assertThat(commit.isEnded()).isFalse();

    store.settle();

    assertThat(write.isCompleted()).isTrue();
    assertThat(commit.received()).containsExactly(new Stored(key("a"), SMALL));
  }

  @Test
  void commitWaitsForAPutThatHasClaimedItsKey() {
    ChunkWriter replacing = written("a", PutMode.REPLACE);
    ChunkWriter keeping = written("a", PutMode.KEEP_EXISTING);
    Receiver<PutOutcome> put =
        store.subscribe(store.requests.put(List.of(chunk("a", 100)), PutMode.KEEP_EXISTING));
    store.settleStore();
    Receiver<PutOutcome> replaced = store.subscribe(replacing.commit());
    Receiver<PutOutcome> kept = store.subscribe(keeping.commit());
    store.settleStore();
    assertThat(store.loop.store().figures().entries()).isZero();

    store.settle();

    assertThat(put.received()).containsExactly(new Stored(key("a"), 100));
    assertThat(replaced.received()).containsExactly(new Stored(key("a"), SMALL));
    assertThat(kept.received()).containsExactly(new AlreadyPresent(key("a")));
  }

  @Test
  void commitThatIsCancelledWhileItWaitsForTheKeyGivesThePlaceBack() {
    ChunkWriter writer = written("a", PutMode.REPLACE);
    store.subscribe(store.requests.put(List.of(chunk("a", 100)), PutMode.KEEP_EXISTING));
    store.settleStore();
    Receiver<PutOutcome> commit = store.subscribe(writer.commit());
    store.settleStore();

    commit.cancel();
    store.settleStore();

    assertThat(store.loop.store().figures().reservations()).as("the other put").isEqualTo(1);
    store.settle();
    assertThat(store.loop.store().figures().entryBytes()).isEqualTo(100);
  }

  @Test
  void commitCancelledBeforeItIsAskedForLeavesTheWriterOpen() {
    ChunkWriter writer = written("a", PutMode.REPLACE);
    store.subscribe(writer.commit(), 0).cancel();
    store.settle();

    assertThat(store.ask(writer.commit())).isEqualTo(new Stored(key("a"), SMALL));
  }

  @Test
  void idleWriterIsEndedAndSaysSo() {
    ChunkWriter writer = start("a", PutMode.REPLACE);
    store.pass(LEASE_MAX_AGE.minusMillis(1));
    assertThat(store.loop.store().figures().reservations()).isEqualTo(1);

    store.pass(Duration.ofMillis(1));

    assertThat(store.loop.store().figures().reservations()).isZero();
    Receiver<Void> write = write(writer);
    Receiver<PutOutcome> commit = store.subscribe(writer.commit());
    store.settle();
    assertThat(write.error())
        .isInstanceOf(StreamIdleException.class)
        .hasMessage(
            "stream idle: expected a part or the commit within PT5M (dax.lease_max_age), found"
                + " none");
    assertThat(commit.error()).isInstanceOf(StreamIdleException.class);
  }

  @Test
  void writerThatIsBusyIsNotIdle() {
    ChunkWriter writer = start("a", PutMode.REPLACE);
    write(writer);
    store.delivery.advance(LEASE_MAX_AGE.multipliedBy(3));
    store.settleStore();

    assertThat(store.loop.store().figures().reservations()).isEqualTo(1);
    store.settle();
    store.pass(LEASE_MAX_AGE);
    assertThat(store.ask(writer.commit())).isInstanceOf(Stored.class);
  }

  @Test
  void workersThatRefuseFailThePut() {
    ChunkWriter writer = start("a", PutMode.REPLACE);
    store.copyWorkers.refuseWith(new RejectedExecutionException("no more"));

    Receiver<Void> write = write(writer);
    store.settle();

    assertThat(write.isCompleted()).isTrue();
    assertThat(store.ask(writer.commit()))
        .isEqualTo(
            new Failed(
                key("a"),
                Failed.Cause.INTERNAL,
                "java.util.concurrent.RejectedExecutionException: no more"));
    store.copyWorkers.refuseWith(null);
  }

  @Test
  void arenaThatFaultsIsPutOutOfUse() {
    ChunkWriter writer = start("a", PutMode.REPLACE);
    store.copyControl.fault(0);
    write(writer);
    store.settle();

    assertThat(store.ask(writer.commit()))
        .isEqualTo(new Failed(key("a"), Failed.Cause.ARENA_FAULT, "memory faulted in the copy"));
    assertThat(store.loop.store().figures().quarantinedBytes()).isPositive();
  }

  @Test
  void chunksOfOneCommitAreSeenTogether() {
    ChunkWriter a = written("a", PutMode.REPLACE);
    ChunkWriter b = start("b", PutMode.REPLACE);
    write(b);
    Receiver<List<PutOutcome>> commit = store.subscribe(store.requests.commitAll(List.of(a, b)));
    store.settleStore();
    assertThat(store.loop.store().figures().entries()).as("a waits for b").isZero();

    while (store.stepCopies()) {
      continue;
    }
    while (store.stepStore()) {
      assertThat(store.loop.store().figures().entries()).isIn(0, 2);
    }
    store.settle();

    assertThat(commit.received().getFirst())
        .containsExactly(new Stored(key("a"), SMALL), new Stored(key("b"), SMALL));
  }

  @Test
  void commitsOfTheSameKeysInAnyOrderDoNotWaitForEachOther() {
    List<ChunkWriter> forth = List.of(written("a", PutMode.REPLACE), written("b", PutMode.REPLACE));
    List<ChunkWriter> back = List.of(written("b", PutMode.REPLACE), written("a", PutMode.REPLACE));
    store.subscribe(store.requests.put(List.of(chunk("b", 100)), PutMode.KEEP_EXISTING));
    store.settleStore();
    Receiver<List<PutOutcome>> first = store.subscribe(store.requests.commitAll(forth));
    Receiver<List<PutOutcome>> second = store.subscribe(store.requests.commitAll(back));

    store.settle();

    for (Receiver<List<PutOutcome>> commit : List.of(first, second)) {
      assertThat(commit.received().getFirst()).hasSize(2).allMatch(Stored.class::isInstance);
    }
    assertThat(store.loop.store().figures().entries()).isEqualTo(2);
  }

  @Test
  void aPartThatComesBehindTheEndTouchesNothing() {
    ChunkWriter writer = written("a", PutMode.REPLACE);
    Receiver<PutOutcome> commit = store.subscribe(writer.commit());
    int copies = store.copyControl.begun().size();

    Receiver<Void> late = write(writer);
    store.settle();

    assertThat(commit.received()).containsExactly(new Stored(key("a"), SMALL));
    assertThat(late.error()).isInstanceOf(RuntimeException.class);
    assertThat(store.copyControl.begun()).hasSize(copies);
  }
}
