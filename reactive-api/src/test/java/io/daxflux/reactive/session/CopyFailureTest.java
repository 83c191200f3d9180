package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.CopyControl.isOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreException.Category;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies that fail as software does, and not as memory does. */
class CopyFailureTest {
  /** Two regions, one for each worker. */
  private static final int LARGE = 600 << 10;

  @RegisterExtension final QuietStores quiet = new QuietStores();

  private SteppedStore store;

  @BeforeEach
  void open() {
    store = new SteppedStore(4 << 20, 4 << 20, config -> config.checksum(false));
    store.put(chunk("a", LARGE), chunk("b", LARGE));
  }

  @AfterEach
  void nothingIsLeft() {
    store.settle();
    store.assertQuiet();
    store.close();
  }

  @Test
  void failureOfOneRegionIsToldOnlyWhenItsSiblingsAreOut() {
    Receiver<RestoredBatch> restore =
        store.subscribe(store.requests.restoreAll(keys("a"), RestoreMode.DIRECT));
    store.settleStore();
    failNextCopy();

    store.stepCopies();
    store.settleStore();
    while (store.stepDeliveries()) {
      continue;
    }
    assertThat(restore.isEnded()).as("while the other region is in flight").isFalse();
    store.assertHeld();
    assertThat(store.loop.outputs().outputs()).isEqualTo(1);

    store.settle();
    assertThat(restore.error())
        .isInstanceOfSatisfying(
            RequestFailedException.class,
            failure -> assertThat(failure.category()).isEqualTo(Category.REPORT))
        .hasMessageContaining("out of order")
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void failureStopsRegionsThatHaveNotBegun() {
    Receiver<RestoredChunk> restore =
        store.subscribe(store.requests.restorePrefix(keys("a", "b"), RestoreMode.DIRECT));
    int begunBefore = store.copyControl.begun().size();
    store.settleStore();
    failNextCopy();

    store.settle();

    assertThat(restore.received()).isEmpty();
    assertThat(restore.error()).isInstanceOf(RequestFailedException.class);
    assertThat(store.copyControl.begun()).as("the two in flight").hasSize(begunBefore + 2);
  }

  @Test
  void everyFailureOfARequestIsInItsError() {
    Receiver<RestoredBatch> restore =
        store.subscribe(store.requests.restoreAll(keys("a"), RestoreMode.DIRECT));
    store.copyControl.atBegin(
        _ -> {
          throw new UnsupportedOperationException("out of order");
        });

    store.settle();

    assertThat(restore.error()).isInstanceOf(RequestFailedException.class);
    assertThat(restore.error().getSuppressed())
        .singleElement()
        .isInstanceOf(RequestFailedException.class);
  }

  @Test
  void failureOfOneRequestLeavesOthersAlone() {
    Receiver<RestoredBatch> failing =
        store.subscribe(store.requests.restoreAll(keys("a"), RestoreMode.DIRECT));
    Receiver<RestoredBatch> other =
        store.subscribe(store.requests.restoreAll(keys("a", "b"), RestoreMode.DIRECT));
    store.settleStore();
    failNextCopy();

    store.settle();

    assertThat(failing.error()).isInstanceOf(RequestFailedException.class);
    assertThat(other.received().getFirst().hits()).hasSize(2);
    other.closeReceived();
  }

  @Test
  void chunksBeforeTheFailureWereDelivered() {
    Receiver<RestoredChunk> restore =
        store.subscribe(store.requests.restorePrefix(keys("a", "b"), RestoreMode.DIRECT));
    store.copyControl.atBegin(
        region -> {
          if (isOf(region, 1)) {
            throw new UnsupportedOperationException("out of order");
          }
        });

    store.settle();

    assertThat(restore.received()).hasSize(1);
    assertThat(restore.error()).isInstanceOf(RequestFailedException.class);
    restore.closeReceived();
  }

  @Test
  void putOfOneChunkFailsAndTheOthersOfItsRegionAreStored() {
    AtomicInteger released = new AtomicInteger();
    Arena gone = Arena.ofShared();
    Chunk closed =
        Chunk.builder(key("closed"), ChunkLayout.blob(100))
            .payload(gone.allocate(100))
            .onRelease(released::incrementAndGet)
            .build();
    gone.close();

    Receiver<PutOutcome> put =
        store.subscribe(
            store.requests.put(
                List.of(chunk("c", 100), closed, chunk("d", 100)), PutMode.KEEP_EXISTING));
    store.settle();

    assertThat(put.received().get(0)).isEqualTo(new Stored(key("c"), 100));
    assertThat(put.received().get(1))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.cause()).isEqualTo(Cause.PAYLOAD_FAULT);
              assertThat(failed.detail()).contains("closed");
            });
    assertThat(put.received().get(2)).isEqualTo(new Stored(key("d"), 100));
    assertThat(store.contains(key("closed"))).isFalse();
    assertThat(released).hasValue(1);
  }

  @Test
  void putThatFailsInTheSoftwareSaysSoAndNothingIsStored() {
    Receiver<PutOutcome> put =
        store.subscribe(store.requests.put(List.of(chunk("c", 100)), PutMode.KEEP_EXISTING));
    failNextCopy();
    store.settle();

    assertThat(put.received())
        .containsExactly(
            new Failed(
                key("c"), Cause.INTERNAL, "java.lang.UnsupportedOperationException: out of order"));
    assertThat(store.contains(key("c"))).isFalse();
    assertThat(store.loop.store().figures().quarantinedBytes()).isZero();
  }

  @Test
  void outputThatWasClosedIsAHoleAndTheOthersAreFilled() {
    Arena gone = Arena.ofShared();
    MemorySegment closed = gone.allocate(LARGE);
    MemorySegment open = MemorySegment.ofArray(new byte[LARGE]);
    AtomicInteger released = new AtomicInteger();
    Receiver<List<IntoOutcome>> into =
        store.subscribe(
            store.requests.restoreInto(
                keys("a", "b"),
                List.of(closed, open),
                RestoreMode.DIRECT,
                released::incrementAndGet));
    gone.close();
    store.settle();

    assertThat(into.received().getFirst().getFirst())
        .isEqualTo(new Hole(0, key("a"), MissReason.OUTPUT_FAULT));
    assertThat(open.mismatch(MemorySegment.ofArray(bytesOf("b", LARGE)))).isEqualTo(-1);
    assertThat(store.contains(key("a"))).isTrue();
    assertThat(released).hasValue(1);
  }

  @Test
  void workersThatRefuseFailTheRequestAndNotTheStore() {
    store.copyWorkers.refuseWith(new RejectedExecutionException("no more"));
    Receiver<RestoredBatch> refused =
        store.subscribe(store.requests.restoreAll(keys("a"), RestoreMode.DIRECT));
    store.settle();
    assertThat(refused.error())
        .isInstanceOf(RequestFailedException.class)
        .hasMessageContaining("no more");

    store.copyWorkers.refuseWith(null);
    Receiver<RestoredBatch> served =
        store.subscribe(store.requests.restoreAll(keys("a"), RestoreMode.DIRECT));
    store.settle();
    assertThat(served.received()).hasSize(1);
    served.closeReceived();
  }

  @Test
  void failureOnTheStoresThreadEndsItsRequestAndNoOther() {
    store.device.refuseMemory(new IllegalStateException("not to be had"));
    quiet.expectLog("failed on the store's thread: java.lang.IllegalStateException");

    Receiver<?> status = store.subscribe(store.requests.status());
    store.settle();
    store.device.refuseMemory(null);

    assertThat(status.error())
        .isInstanceOf(RequestFailedException.class)
        .hasMessageContaining("not to be had");
    assertThat(store.contains(key("a"))).isTrue();
  }

  private void failNextCopy() {
    boolean[] failed = new boolean[1];
    store.copyControl.atBegin(
        _ -> {
          if (!failed[0]) {
            failed[0] = true;
            throw new UnsupportedOperationException("out of order");
          }
        });
  }
}
