package io.daxflux.reactive.faults;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.PutMode;
import io.daxflux.device.Faults;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreEvent.Quarantined;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Arenas whose memory fails: the file under the mapping is cut short, as a media error would be. A
 * chunk there is a miss, its place is never used again, and the store lives on.
 */
@ParameterizedClass
@EnumSource(names = {"FILE_DIRECT", "FILE_STAGED"})
class MemoryFaultTest {
  private static final int BLOCKS = 16;

  /** Two regions of several slices. */
  private static final int LARGE = 15 << 20;

  @RegisterExtension final QuietStores stores = new QuietStores();

  @Parameter Setup setup;

  private final CopyControl copies = new CopyControl();
  private ReactiveChunkStore store;
  private BreakableFile file;

  @BeforeEach
  void open() {
    file = new BreakableFile(stores.newFile());
    store = stores.over(setup).file(file.path()).arena(BLOCKS * BLOCK).copies(copies).open();
  }

  @Test
  void chunksOnBadMemoryAreHolesAmongTheOthers() {
    SlowSubscriber<StoreEvent> events = fourChunksOfWhichTwoBreak();

    try (RestoredBatch batch = store.restoreAll(keysOf("c", 4)).block(SOON)) {
      assertThat(batch.holes()).containsExactly(fault(2), fault(3));
      assertBytes(batch.hits().get(0).segment(), "c0", BLOCK);
      assertBytes(batch.hits().get(1).segment(), "c1", BLOCK);
    }

    assertThat(List.of(events.next(), events.next()))
        .containsExactlyInAnyOrder(
            new Quarantined(key("c2"), BLOCK), new Quarantined(key("c3"), BLOCK));
    assertQuarantined(2);
  }

  @Test
  void prefixEndsBeforeBadMemory() {
    SlowSubscriber<StoreEvent> events = fourChunksOfWhichTwoBreak();

    List<PrefixEvent> prefix = store.explainPrefix(keysOf("c", 4)).collectList().block(SOON);

    assertThat(prefix).hasSize(3);
    for (int i = 0; i < 2; i++) {
      try (RestoredChunk chunk = (RestoredChunk) prefix.get(i)) {
        assertBytes(chunk.segment(), "c" + i, BLOCK);
      }
    }
    assertThat(prefix.getLast()).isEqualTo(new PrefixEnd(2, Reason.MISS, MissReason.MEMORY_FAULT));
    assertThat(events.next()).isInstanceOf(Quarantined.class);
    assertThat(store.prefixLength(keysOf("c", 4)).block(SOON)).isEqualTo(2);
  }

  @Test
  void intoLeavesAHoleForEachChunkOnBadMemory() {
    fourChunksOfWhichTwoBreak();
    List<MemorySegment> outputs =
        keysOf("c", 4).stream().map(_ -> MemorySegment.ofArray(new byte[BLOCK])).toList();

    List<IntoOutcome> outcomes = store.restoreInto(keysOf("c", 4), outputs).block(SOON);

    assertThat(outcomes.subList(2, 4)).containsExactly(fault(2), fault(3));
    assertBytes(outputs.get(0), "c0", BLOCK);
    assertBytes(outputs.get(1), "c1", BLOCK);
    assertQuarantined(2);
  }

  @Test
  void oneBadPageLosesItsChunkAndNoOther() {
    ReactiveChunkStore large = openLarge();
    Chunks.putAll(large, List.of(chunk("before", LARGE), chunk("hit", LARGE)));
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 2L * LARGE - BLOCK);
    SlowSubscriber<StoreEvent> events = SlowSubscriber.to(large.events(), Long.MAX_VALUE);

    try (RestoredBatch batch = large.restoreAll(keys("before", "hit")).block(SOON)) {
      assertThat(batch.holes()).containsExactly(new Hole(1, key("hit"), MissReason.MEMORY_FAULT));
      assertBytes(batch.hits().getFirst().segment(), "before", LARGE);
    }

    assertThat(events.next()).isEqualTo(new Quarantined(key("hit"), LARGE));
    assertThat(QuietStores.statusOf(large).arena().quarantinedBytes()).isEqualTo(LARGE);
    try (RestoredBatch again = large.restoreAll(keys("before", "hit")).block(SOON)) {
      assertThat(again.holes()).containsExactly(new Hole(1, key("hit"), MissReason.ABSENT));
    }
  }

  @Test
  void prefixDeliversWhatLiesBeforeABadPageOfALargeChunk() {
    ReactiveChunkStore large = openLarge();
    Chunks.putAll(large, List.of(chunk("before", LARGE), chunk("hit", LARGE)));
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + LARGE + LARGE / 2);

    try (RestoredChunk first = large.restorePrefix(keys("before", "hit")).blockLast(SOON)) {
      assertBytes(first.segment(), "before", LARGE);
    }

    assertThat(QuietStores.statusOf(large).counters().quarantined()).isEqualTo(1);
  }

  @Test
  void chunkThatTwoReadBreaksOnce() {
    fourChunksOfWhichTwoBreak();
    copies.hold();
    SlowSubscriber<RestoredBatch> one = SlowSubscriber.to(store.restoreAll(keysOf("c", 4)), 1);
    SlowSubscriber<RestoredBatch> other = SlowSubscriber.to(store.restoreAll(keysOf("c", 4)), 1);
    copies.awaitHeld(2);
    copies.passAll();

    try (RestoredBatch first = one.next();
        RestoredBatch second = other.next()) {
      assertThat(first.holes()).hasSize(2);
      assertThat(second.holes()).hasSize(2);
    }

    assertQuarantined(2);
    assertThat(QuietStores.statusOf(store).counters().quarantined()).isEqualTo(2);
  }

  @Test
  void putOnBadMemoryFailsAndTheNextFindsAnotherPlace() {
    Chunks.putAll(store, chunksOf("c", 2, BLOCK));
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 3 * BLOCK);

    List<PutOutcome> outcomes =
        store
            .putAll(List.of(chunk("good", BLOCK), chunk("bad", BLOCK)), PutMode.KEEP_EXISTING)
            .collectList()
            .block(SOON);

    assertThat(outcomes)
        .containsExactly(
            new PutOutcome.Stored(key("good"), BLOCK),
            new Failed(key("bad"), Cause.ARENA_FAULT, "memory faulted in the copy"));
    assertQuarantined(1);
    file.restore(StoreSpec.FILE_HEAD_BYTES + BLOCKS * BLOCK);
    Chunks.put(store, "bad", BLOCK);
    try (RestoredBatch batch = store.restoreAll(keys("c1", "good", "bad")).block(SOON)) {
      assertThat(batch.holes()).isEmpty();
      assertBytes(batch.hits().getLast().segment(), "bad", BLOCK);
    }
  }

  @Test
  void placeThatFaultedIsNeverUsedAgain() {
    fourChunksOfWhichTwoBreak();
    store.restoreAll(keysOf("c", 4)).block(SOON).close();
    file.restore(StoreSpec.FILE_HEAD_BYTES + BLOCKS * BLOCK);

    Chunks.putAll(store, chunksOf("n", BLOCKS - 2, BLOCK));

    assertQuarantined(2);
    assertThat(store.prefixLength(keysOf("n", BLOCKS - 2)).block(SOON)).isEqualTo(BLOCKS - 2);
    assertThat(store.put(chunk("all", BLOCKS * BLOCK)).block(SOON))
        .as("no run can be made over the bad place")
        .isInstanceOf(PutOutcome.NoSpace.class);
  }

  @Test
  void chunkThatBrokeIsPutAnew() {
    fourChunksOfWhichTwoBreak();
    store.restoreAll(keysOf("c", 4)).block(SOON).close();
    file.restore(StoreSpec.FILE_HEAD_BYTES + BLOCKS * BLOCK);

    Chunks.put(store, "c2", BLOCK);

    try (RestoredBatch batch = store.restoreAll(keys("c2")).block(SOON)) {
      assertBytes(batch.hits().getFirst().segment(), "c2", BLOCK);
    }
  }

  @Test
  void pinOfAChunkThatBrokeIsGivenBackLikeAnyOther() {
    fourChunksOfWhichTwoBreak();
    PinnedPrefix pinned = store.pinPrefix(keysOf("c", 4)).block(SOON);

    store.restoreAll(keysOf("c", 4)).block(SOON).close();

    assertThat(QuietStores.statusOf(store).readers().pinnedChunks()).isEqualTo(2);
    pinned.close();
  }

  @Test
  void borrowerMeetsTheFaultItselfAndCanGiveBack() {
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    // Once it was verified, a chunk is lent as it lies there.
    store.restoreAll(keysOf("c", 4)).block(SOON).close();
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 2 * BLOCK);
    MemorySegment output = MemorySegment.ofArray(new byte[BLOCK]);
    try (BorrowedPrefix borrowed = store.borrowPrefix(keysOf("c", 4)).block(SOON)) {
      MemorySegment bad = borrowed.chunks().get(2).segment();

      assertThatThrownBy(
              () -> {
                output.copyFrom(bad);
                Faults.settle();
              })
          .isInstanceOfSatisfying(
              InternalError.class, error -> assertThat(Faults.isFault(error)).isTrue());
      output.copyFrom(borrowed.chunks().get(1).segment());
      assertBytes(output, "c1", BLOCK);
    }
  }

  private ReactiveChunkStore openLarge() {
    store.close().block(SOON);
    file = new BreakableFile(stores.newFile());
    return stores.over(setup).file(file.path()).arena(32 << 20).outputs(32 << 20).open();
  }

  /** c0 and c1 can be read, c2 and c3 not, and nothing behind them. */
  private SlowSubscriber<StoreEvent> fourChunksOfWhichTwoBreak() {
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 2 * BLOCK);
    return SlowSubscriber.to(store.events(), Long.MAX_VALUE);
  }

  private void assertQuarantined(int blocks) {
    assertThat(QuietStores.statusOf(store).arena().quarantinedBytes())
        .isEqualTo((long) blocks * BLOCK);
  }

  private static Hole fault(int index) {
    return new Hole(index, key("c" + index), MissReason.MEMORY_FAULT);
  }
}
