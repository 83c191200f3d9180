package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.MediaGeometry;
import io.daxflux.reactive.SilentLog;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.store.IndexView;
import io.daxflux.store.IndexView.Placed;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * As {@link PowerLossTest}, of stores that are at work: what they wait for, and where they write.
 */
class PowerLossInStoresTest {
  private static final ChunkKey KEY = ChunkKey.of("k");
  private static final int TWO_BLOCKS = 600;
  private static final int THREE_BLOCKS = 1100;
  private static final int INLINE = 10;

  private final SilentLog silence = new SilentLog();
  private final PowerLossDevice losses = new PowerLossDevice();
  private final SimulatedDevice device = losses.device();
  private final SteppedStore store = store();

  private SteppedStore store() {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath("simulated")
            .outputBudgetBytes(16 << 10)
            .blockBytes(PowerLossDevice.BLOCK_BYTES)
            .durability(DurabilityPolicy.POWER)
            .build();
    return new SteppedStore(config, device, losses.open(DurabilityPolicy.POWER), null, null);
  }

  @AfterEach
  void close() {
    losses.close();
    silence.close();
  }

  private Receiver<PutOutcome> putting(ChunkKey key, int bytes) {
    Chunk chunk = Chunk.blob(key, new byte[bytes]);
    return store.subscribe(store.requests.put(List.of(chunk), PutMode.REPLACE));
  }

  /** What can be read, or is being put. */
  private Placed placed(ChunkKey key) {
    return IndexView.of(store.loop.store()).stream()
        .filter(placed -> placed.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  // --- Removals

  @Test
  void removeOfWhatHasJustLeftIsAnsweredWhenItIsGoneForGood() {
    store.put(Chunk.blob(KEY, new byte[TWO_BLOCKS]));
    Receiver<Boolean> first = store.subscribe(store.requests.remove(KEY));
    Receiver<Boolean> second = store.subscribe(store.requests.remove(KEY));

    store.settleStore();
    while (store.stepDeliveries()) {
      continue;
    }
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).isEmpty();

    store.settle();
    assertThat(first.received()).containsExactly(true);
    assertThat(second.received()).containsExactly(false);
    store.assertQuiet();
  }

  @Test
  void removeOfWhatIsBeingPutIsAnsweredWhenItCannotComeBack() {
    Receiver<PutOutcome> put = putting(KEY, TWO_BLOCKS);
    store.settleStore();
    store.stepCopies();
    store.settleStore();
    assertThat(store.committer.isEmpty()).as("its record is on its way").isFalse();
    Receiver<Boolean> removal = store.subscribe(store.requests.remove(KEY));

    while (removal.received().isEmpty()) {
      assertThat(store.step(SteppedStore.First.DELIVERIES)).isTrue();
    }

    losses.forEachImage(found -> assertThat(found).extracting(ChunkRecord::key).isEmpty());
    store.settle();
    assertThat(put.received()).containsExactly(new PutOutcome.Withdrawn(KEY));
    store.assertQuiet();
  }

  // --- Records that cannot be invalidated

  @Test
  void nothingIsWrittenWhereARecordCouldNotBeInvalidated() {
    ChunkKey longKey = ChunkKey.of("k".repeat(300));
    store.put(Chunk.blob(longKey, new byte[TWO_BLOCKS]));
    Placed gone = placed(longKey);
    long goneEnd = gone.payloadOffset() + 2 * PowerLossDevice.BLOCK_BYTES;
    device.refuseOneIn(1);
    Receiver<Boolean> removal = store.subscribe(store.requests.remove(longKey));
    store.settle();
    device.refuseOneIn(0);
    assertThat(removal.error()).isInstanceOf(RecordFaultException.class);

    int stored = 0;
    for (int i = 0; i < 20; i++) {
      // The first meets its blocks, the second its first unit, the third its second one.
      Receiver<PutOutcome> put =
          putting(ChunkKey.of("other" + i), i % 2 == 0 ? TWO_BLOCKS : INLINE);
      store.settle();
      stored += put.received().getFirst() instanceof PutOutcome.Stored ? 1 : 0;
    }

    assertThat(stored).isPositive();
    assertThat(IndexView.of(store.loop.store()))
        .filteredOn(Placed::readable)
        .noneMatch(
            placed ->
                placed.unit() < gone.unit() + gone.units()
                    && gone.unit() < placed.unit() + placed.units())
        .noneMatch(
            placed ->
                placed.payloadOffset() >= gone.payloadOffset() && placed.payloadOffset() < goneEnd);
    store.assertQuiet();
  }

  @Test
  void putWhoseRecordTakesAnothersPlaceWaitsToSeeItInvalidated() {
    ChunkKey next = ChunkKey.of("next");
    ChunkKey later = ChunkKey.of("later");
    store.put(Chunk.blob(KEY, new byte[TWO_BLOCKS]), Chunk.blob(next, new byte[TWO_BLOCKS]));
    Placed gone = placed(KEY);
    Receiver<Boolean> removal = store.subscribe(store.requests.remove(KEY));
    Receiver<PutOutcome> put = putting(later, THREE_BLOCKS);
    store.settleStore();
    assertThat(placed(later).unit()).isEqualTo(gone.unit());
    assertThat(placed(later).payloadOffset()).isGreaterThan(placed(next).payloadOffset());
    store.stepCopies();

    device.refuseOneIn(1);
    store.stepCommits();
    device.refuseOneIn(0);
    store.settle();

    assertThat(removal.error()).isInstanceOf(RecordFaultException.class);
    assertThat(put.received()).hasSize(1).allMatch(PutOutcome.Failed.class::isInstance);
    store.assertQuiet();
  }

  // --- Records on memory that faults

  @Test
  void placesOfRecordsThatFaultAreTriedOnce() {
    device.spoil(store.loop.media().geometry().unitOffset(0));
    int pageUnits = SimulatedDevice.PAGE_BYTES / MediaGeometry.UNIT_BYTES;
    for (int i = 0; i < pageUnits; i++) {
      Receiver<PutOutcome> put = putting(KEY, INLINE);
      store.settle();
      assertThat(put.received()).hasSize(1).allMatch(PutOutcome.Failed.class::isInstance);
    }

    store.put(Chunk.blob(KEY, new byte[INLINE]));

    store.assertQuiet();
    SteppedStore reopened = store();
    reopened.put(Chunk.blob(ChunkKey.of("other"), new byte[INLINE]));
    reopened.assertQuiet();
  }

  // --- Closing

  @Test
  void closeGoesOnWhereARecordFaults() {
    store.put(Chunk.blob(KEY, new byte[TWO_BLOCKS]));
    long recordOffset = store.loop.media().geometry().unitOffset(placed(KEY).unit());
    store.loop.close();
    store.settle();
    device.spoil(recordOffset);

    assertThatCode(store.loop::closeMedia).doesNotThrowAnyException();

    assertThat(losses.open(DurabilityPolicy.POWER).recovery().report().closedCleanly()).isTrue();
  }
}
