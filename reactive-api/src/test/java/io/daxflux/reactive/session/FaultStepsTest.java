package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.keys;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.session.SteppedStore.First;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory faults that come back out of order, too late, or to nobody. */
class FaultStepsTest {
  private static final List<ChunkKey> KEYS = keys("a", "b", "c", "d");

  /** Each makes two regions. */
  private static final int LARGE = 600 << 10;

  @RegisterExtension final QuietStores quiet = new QuietStores();

  private SteppedStore store;

  @BeforeEach
  void open() {
    store = new SteppedStore(4 << 20, 4 << 20);
    store.put(chunk("a", LARGE), chunk("b", LARGE), chunk("c", LARGE), chunk("d", LARGE));
  }

  @AfterEach
  void nothingIsLeft() {
    store.settle();
    store.assertQuiet();
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"0,3", "1,2", "2,1", "3,0", "1,1"})
  void prefixEndsBeforeTheFirstOfTwoFaultsInWhicheverOrderTheyCome(int one, int other) {
    for (First order : First.values()) {
      for (boolean newestFirst : new boolean[] {false, true}) {
        store.close();
        open();
        store.copyWorkers.newestFirst(newestFirst);
        store.copyControl.fault(one == other ? new Integer[] {one} : new Integer[] {one, other});
        Receiver<PrefixEvent> prefix =
            store.subscribe(store.requests.explainPrefix(KEYS, RestoreMode.DIRECT));

        store.settle(order);

        int first = Math.min(one, other);
        assertThat(prefix.received().getLast())
            .isEqualTo(new PrefixEnd(first, Reason.MISS, MissReason.MEMORY_FAULT));
        assertThat(prefix.received()).hasSize(first + 1);
        assertThat(store.contains(KEYS.get(first))).isFalse();
        prefix.closeReceived();
        store.settle();
        store.assertQuiet();
      }
    }
  }

  @Test
  void faultOfACancelledRestorePutsItsExtentOutOfUse() {
    store.copyControl.fault(1);
    Receiver<RestoredBatch> restore =
        store.subscribe(store.requests.restoreAll(KEYS, RestoreMode.DIRECT));
    store.settleStore();
    store.stepCopies();
    store.stepCopies();

    restore.cancel();
    store.settle();

    assertThat(store.contains(KEYS.get(1))).isFalse();
    assertThat(store.loop.store().figures().quarantinedBytes()).isEqualTo(LARGE);
  }

  @Test
  void faultOfACancelledPutPutsItsExtentOutOfUse() {
    store.copyControl.fault(0);
    Receiver<PutOutcome> put =
        store.subscribe(store.requests.put(List.of(chunk("n", LARGE)), PutMode.REPLACE));
    store.settleStore();
    store.stepCopies();

    put.cancel();
    store.settle();

    assertThat(store.contains(keys("n").getFirst())).isFalse();
    assertThat(store.loop.store().figures().quarantinedBytes()).isEqualTo(LARGE);
  }

  @Test
  void chunkThatIsRemovedWhileItFaultsIsQuarantinedOnce() {
    store.copyControl.fault(0);
    Receiver<RestoredBatch> restore =
        store.subscribe(store.requests.restoreAll(keys("a"), RestoreMode.DIRECT));
    store.settleStore();
    assertThat(store.ask(store.requests.remove(keys("a").getFirst()))).isTrue();

    store.settle();

    assertThat(restore.received().getFirst().holes()).hasSize(1);
    assertThat(store.loop.store().figures().quarantinedBytes()).isEqualTo(LARGE);
    restore.closeReceived();
  }

  @Test
  void chunkThatWasReplacedWhileItFaultedLeavesTheNewerAlone() {
    store.copyControl.fault(0);
    Receiver<RestoredBatch> restore =
        store.subscribe(store.requests.restoreAll(keys("a"), RestoreMode.DIRECT));
    store.settleStore();
    store.stepCopies();
    store.stepCopies();
    store.copyControl.fault();
    Receiver<PutOutcome> put =
        store.subscribe(store.requests.put(List.of(chunk("a", 100)), PutMode.REPLACE));
    store.settle();

    assertThat(put.received()).containsExactly(new PutOutcome.Stored(keys("a").getFirst(), 100));
    assertThat(restore.received().getFirst().holes()).hasSize(1);
    assertThat(store.contains(keys("a").getFirst())).isTrue();
  }
}
