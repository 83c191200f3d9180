package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SMALL;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.VerifyPolicy;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.DeviceTap;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreEvent.Corrupted;
import io.daxflux.reactive.outcome.StoreStatus;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chunks whose bytes change where they lie: who notices when, and what comes of it. */
class VerifyTest extends StoreContract {
  /** Three slices, the last of them short. */
  private static final int SLICES = (9 << 20) + 5;

  private final DeviceTap tap = new DeviceTap();

  @Test
  void everyReadIsVerifiedWhereThatIsAskedFor() {
    ReactiveChunkStore store = open(VerifyPolicy.ALWAYS);
    Chunks.put(store, "a", SMALL);
    assertRestores(store, SMALL, "a");

    tap.corrupt("a", SMALL);

    assertThat(holes(store, "a")).containsExactly(corrupt(0, "a"));
  }

  @Test
  void onlyTheFirstReadIsVerifiedOtherwise() {
    ReactiveChunkStore store = open(VerifyPolicy.FIRST_READ);
    Chunks.putAll(store, chunksOf("c", 4, SMALL));
    store.restoreAll(keys("c0")).block(SOON).close();
    store.restorePrefix(keys("c1")).blockLast(SOON).close();
    store.borrowPrefix(keys("c2")).block(SOON).close();

    for (int i = 0; i < 4; i++) {
      tap.corrupt("c" + i, SMALL);
    }

    assertThat(holes(store, "c0", "c1", "c2", "c3")).containsExactly(corrupt(3, "c3"));
  }

  @Test
  void whatIsThereIsServedWhereNothingIsToBeVerified() {
    ReactiveChunkStore store = open(VerifyPolicy.NEVER);
    Chunks.put(store, "a", SMALL);
    tap.corrupt("a", SMALL, 7);
    byte[] there = Chunks.bytesOf("a", SMALL);
    there[7] ^= 4;

    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON);
        BorrowedPrefix borrowed = store.borrowPrefix(keys("a")).block(SOON)) {
      Chunks.assertSame(batch.hits().getFirst().segment(), there);
      Chunks.assertSame(borrowed.chunks().getFirst().segment(), there);
    }
  }

  @Test
  void chunkWithoutChecksumsIsServedAsItIs() {
    ReactiveChunkStore store =
        spec().device(tap).with(o -> o.checksum(false).verify(VerifyPolicy.ALWAYS)).open();
    Chunks.put(store, "a", SMALL);

    tap.corrupt("a", SMALL);

    assertThat(holes(store, "a")).isEmpty();
  }

  @Test
  void corruptChunksAreHolesAmongTheOthers() {
    ReactiveChunkStore store = fourOfWhichTwoAreCorrupt();

    try (RestoredBatch batch = store.restoreAll(keysOf("c", 4)).block(SOON)) {
      assertThat(batch.holes()).containsExactly(corrupt(1, "c1"), corrupt(2, "c2"));
      assertBytes(batch.hits().getFirst().segment(), "c0", BLOCK);
      assertBytes(batch.hits().getLast().segment(), "c3", BLOCK);
    }
  }

  @Test
  void corruptChunksAreHolesAmongThoseThatAreLent() {
    ReactiveChunkStore store = fourOfWhichTwoAreCorrupt();

    try (BorrowedBatch batch = store.borrowAll(keys("c0", "c1", "c2", "c3", "x")).block(SOON)) {
      assertThat(batch.holes())
          .containsExactly(
              corrupt(1, "c1"), corrupt(2, "c2"), new Hole(4, key("x"), MissReason.ABSENT));
      assertThat(batch.outcomes().stream().map(BorrowOutcome::index))
          .containsExactly(0, 1, 2, 3, 4);
      assertBytes(batch.hits().getFirst().segment(), "c0", BLOCK);
      assertBytes(batch.hits().getLast().segment(), "c3", BLOCK);
    }
    assertThat(store.count().block(SOON)).isEqualTo(2);
  }

  @Test
  void corruptChunksLeaveTheirOutputsToTheCaller() {
    ReactiveChunkStore store = fourOfWhichTwoAreCorrupt();
    List<MemorySegment> outputs =
        keysOf("c", 4).stream().map(_ -> MemorySegment.ofArray(new byte[BLOCK])).toList();

    List<IntoOutcome> outcomes = store.restoreInto(keysOf("c", 4), outputs).block(SOON);

    assertThat(outcomes.subList(1, 3)).containsExactly(corrupt(1, "c1"), corrupt(2, "c2"));
    assertBytes(outputs.getFirst(), "c0", BLOCK);
    assertBytes(outputs.getLast(), "c3", BLOCK);
  }

  @Test
  void prefixEndsBeforeACorruptChunk() {
    ReactiveChunkStore store = fourOfWhichTwoAreCorrupt();

    List<PrefixEvent> prefix = store.explainPrefix(keysOf("c", 4)).collectList().block(SOON);

    try (RestoredChunk first = (RestoredChunk) prefix.getFirst()) {
      assertBytes(first.segment(), "c0", BLOCK);
    }
    assertThat(prefix.subList(1, prefix.size()))
        .containsExactly(new PrefixEnd(1, PrefixEnd.Reason.MISS, MissReason.CORRUPT));
    assertThat(store.prefixLength(keysOf("c", 4)).block(SOON)).isEqualTo(1);
  }

  @Test
  void corruptChunkIsNotLent() {
    ReactiveChunkStore store = fourOfWhichTwoAreCorrupt();

    try (BorrowedPrefix borrowed = store.borrowPrefix(keysOf("c", 4)).block(SOON)) {
      assertThat(borrowed.chunks()).hasSize(1);
      assertBytes(borrowed.chunks().getFirst().segment(), "c0", BLOCK);
    }
    assertThat(present(store, "c0", "c1", "c2", "c3")).containsExactly("c0", "c3");
  }

  @Test
  void corruptChunkIsGoneAndItsPlaceOutOfUse() {
    ReactiveChunkStore store = open(VerifyPolicy.FIRST_READ);
    Chunks.putAll(store, chunksOf("c", 2, BLOCK));
    SlowSubscriber<StoreEvent> events = SlowSubscriber.to(store.events(), Long.MAX_VALUE);
    tap.corrupt("c1", BLOCK);

    store.restoreAll(keysOf("c", 2)).block(SOON).close();

    assertThat(events.next()).isEqualTo(new Corrupted(key("c1"), BLOCK));
    assertThat(present(store, "c0", "c1")).containsExactly("c0");
    StoreStatus status = QuietStores.statusOf(store);
    assertThat(status.counters().corrupt()).isEqualTo(1);
    assertThat(status.counters().quarantined()).isZero();
    assertThat(status.arena().quarantinedBytes()).isEqualTo(BLOCK);
    assertThat(status.arena().freeBytes()).isEqualTo(status.arena().bytes() - 2 * BLOCK);
    assertThat(holes(store, "c1")).containsExactly(new Hole(0, key("c1"), MissReason.ABSENT));
    Chunks.put(store, "c1", BLOCK);
    assertRestores(store, BLOCK, "c0", "c1");
  }

  @Test
  void oneBitOfTheLastSliceCostsTheChunk() {
    ReactiveChunkStore store =
        spec()
            .device(tap)
            .arena(24 << 20)
            .outputs(20 << 20)
            .with(o -> o.verify(VerifyPolicy.FIRST_READ))
            .open();
    Chunks.putAll(store, chunksOf("c", 2, SLICES));
    tap.corrupt("c0", SLICES, SLICES - 1);

    assertThat(holes(store, "c0", "c1")).containsExactly(corrupt(0, "c0"));
    assertRestores(store, SLICES, "c1");
  }

  @Test
  void valueInItsRecordIsVerified() {
    ReactiveChunkStore store = open(VerifyPolicy.FIRST_READ);
    Chunks.putAll(store, chunksOf("v", 2, 100));

    tap.corrupt("v1", 100);

    assertThat(holes(store, "v0", "v1")).containsExactly(corrupt(1, "v1"));
    Chunks.put(store, "v1", 100);
    assertRestores(store, 100, "v0", "v1");
  }

  @Test
  void chunkIsCorruptForEachOfItsReadersAndCountedOnce() {
    ReactiveChunkStore store = fourOfWhichTwoAreCorrupt();
    List<SlowSubscriber<RestoredBatch>> readers =
        List.of(
            SlowSubscriber.to(store.restoreAll(keys("c1", "c1")), 1),
            SlowSubscriber.to(store.restoreAll(keys("c1")), 1));

    for (SlowSubscriber<RestoredBatch> reader : readers) {
      try (RestoredBatch batch = reader.next()) {
        assertThat(batch.hits()).isEmpty();
      }
    }
    assertThat(QuietStores.statusOf(store).counters().corrupt()).isEqualTo(1);
  }

  private StoreSpec verifying(VerifyPolicy policy) {
    return spec().device(tap).with(options -> options.verify(policy));
  }

  private ReactiveChunkStore open(VerifyPolicy policy) {
    return verifying(policy).open();
  }

  private ReactiveChunkStore fourOfWhichTwoAreCorrupt() {
    ReactiveChunkStore store = open(VerifyPolicy.FIRST_READ);
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    tap.corrupt("c1", BLOCK);
    tap.corrupt("c2", BLOCK);
    return store;
  }

  private static List<Hole> holes(ReactiveChunkStore store, String... names) {
    try (RestoredBatch batch = store.restoreAll(keys(names)).block(SOON)) {
      return batch.holes();
    }
  }

  private static Hole corrupt(int index, String name) {
    return new Hole(index, key(name), MissReason.CORRUPT);
  }
}
