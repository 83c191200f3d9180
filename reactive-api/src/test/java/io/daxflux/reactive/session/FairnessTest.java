package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.session.SteppedStore.First;
import io.daxflux.restore.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In which order regions are admitted where several callers have some. */
class FairnessTest {
  private static final int LARGE = 300 << 10;
  private static final int MAX_REGIONS = SteppedStore.MAX_REGIONS;

  /** More than regions in flight: so many regions are made of a large restore. */
  private static final int WORKERS = 12;

  @RegisterExtension final QuietStores quiet = new QuietStores();

  private SteppedStore store;
  private int begunBefore;

  @BeforeEach
  void open() {
    store = new SteppedStore(8 << 20, 8 << 20, WORKERS, config -> config.checksum(false));
    store.put(chunksOf("large", 12, LARGE));
    store.put(chunk("small", 1000));
    begunBefore = store.copyControl.begun().size();
  }

  @AfterEach
  void nothingIsLeft() {
    store.settle();
    store.assertQuiet();
    store.close();
  }

  @Test
  void smallHitOvertakesLargeRestore() {
    Receiver<RestoredBatch> large = restore(keysOf("large", 12));
    store.settleStore();
    Receiver<RestoredBatch> small = restore(keys("small"));
    store.settleStore();
    assertThat(store.loop.gate().inFlight()).isEqualTo(MAX_REGIONS);

    for (int i = 0; i < 4; i++) {
      store.stepCopies();
      store.settleStore();
    }

    assertThat(begun().get(3).bytes())
        .as("behind the two in flight and the one whose turn it was")
        .isEqualTo(1000);
    while (store.stepDeliveries()) {
      continue;
    }
    assertThat(small.isCompleted()).isTrue();
    assertThat(large.isEnded()).isFalse();
    store.settle();
    large.closeReceived();
    small.closeReceived();
  }

  @Test
  void largeRestoresTakeTurns() {
    Receiver<RestoredBatch> one = restore(keysOf("large", 6));
    store.settleStore();
    Receiver<RestoredBatch> other = restore(keysOf("large", 12).subList(6, 12));
    store.settle(First.STORE);

    List<Boolean> turns = begun().stream().map(FairnessTest::isOfFirstHalf).toList();
    assertThat(turns)
        .containsExactly(
            // The two that were in flight before the other came, and one that stood before it.
            true,
            true,
            true,
            false,
            true,
            false,
            true,
            false,
            true,
            false,
            true,
            false,
            false,
            false);
    one.closeReceived();
    other.closeReceived();
  }

  @Test
  void noMoreRegionsAreInFlightThanMayBeAndOneThatIsBackAdmitsTheNext() {
    Receiver<RestoredBatch> large = restore(keysOf("large", 12));
    store.settleStore();
    int regions = 0;
    while (store.loop.gate().inFlight() > 0) {
      assertThat(store.loop.gate().inFlight()).isLessThanOrEqualTo(MAX_REGIONS);
      store.stepCopies();
      store.settleStore();
      regions++;
    }

    assertThat(begun()).hasSize(regions).hasSizeGreaterThan(2 * MAX_REGIONS);
    store.settle();
    large.closeReceived();
  }

  @Test
  void streamOfManyPutsTakesTurnsAsOneCaller() {
    Object stream = new Object();
    List<Receiver<PutOutcome>> puts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      puts.add(
          store.subscribe(
              store.requests.put(
                  List.of(chunk("new" + i, 1000 + i)), PutMode.REPLACE, null, stream)));
    }
    store.settleStore();
    Receiver<RestoredBatch> restore = restore(keys("small"));
    store.settle(First.STORE);

    assertThat(begun().get(2).bytes()).as("behind the two in flight").isEqualTo(1002);
    assertThat(begun().get(3).bytes()).as("the restore's turn").isEqualTo(1000);
    assertThat(puts).allMatch(Receiver::isCompleted);
    restore.closeReceived();
  }

  private Receiver<RestoredBatch> restore(List<ChunkKey> keys) {
    return store.subscribe(store.requests.restoreAll(keys, RestoreMode.DIRECT));
  }

  private List<Region> begun() {
    List<Region> all = store.copyControl.begun();
    return all.subList(begunBefore, all.size());
  }

  /** The chunks were stored side by side: the first half lies in the lower half. */
  private static boolean isOfFirstHalf(Region region) {
    return region.spans().getFirst().arenaOffset() < 6L * LARGE;
  }
}
