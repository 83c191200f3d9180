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

import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.Device;
import io.daxflux.media.MediaException;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.HeldCommits;
import io.daxflux.reactive.Parts;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Memory that fails where it is not a restore that reads it: in verification, in the background, in
 * a commit, and when a store is opened. The file is cut short under the mapping.
 */
@ParameterizedClass
@EnumSource(names = {"FILE_DIRECT", "FILE_STAGED"})
class MediaFaultTest {
  private static final int BLOCKS = 16;
  private static final long FILE_BYTES = StoreSpec.FILE_HEAD_BYTES + BLOCKS * BLOCK;
  private static final long RECORDS = 128 << 10;

  @RegisterExtension final QuietStores stores = new QuietStores();

  @Parameter Setup setup;

  private final HeldCommits commits = new HeldCommits();
  private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
  private BreakableFile file;

  @BeforeEach
  void choose() {
    file = new BreakableFile(stores.newFile());
  }

  @Test
  void borrowThatVerifiesEndsBeforeBadMemory() {
    ReactiveChunkStore store = spec().open();
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 2 * BLOCK);

    try (BorrowedPrefix borrowed = store.borrowPrefix(keysOf("c", 4)).block(SOON)) {
      assertThat(borrowed.chunks()).hasSize(2);
      MemorySegment copy = MemorySegment.ofArray(new byte[BLOCK]);
      copy.copyFrom(borrowed.chunks().getLast().segment());
      assertBytes(copy, "c1", BLOCK);
    }
    assertThat(QuietStores.statusOf(store).counters().quarantined()).isEqualTo(2);
    file.restore(FILE_BYTES);
  }

  @Test
  void prefixSaysWhyItsFirstBadChunkIsBadWhateverFollows() {
    ReactiveChunkStore store = spec().open();
    Chunks.putAll(store, chunksOf("c", 3, BLOCK));
    file.change(StoreSpec.FILE_HEAD_BYTES + BLOCK + 100);
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 2 * BLOCK);

    PrefixEvent end =
        store
            .explainPrefix(keysOf("c", 3))
            .doOnNext(
                event -> {
                  if (event instanceof RestoredChunk chunk) {
                    chunk.close();
                  }
                })
            .blockLast(SOON);

    assertThat(end).isEqualTo(new PrefixEnd(1, Reason.MISS, MissReason.CORRUPT));
    file.restore(FILE_BYTES);
  }

  @Test
  void everyVerifiedReadSurvivesBadMemory() {
    ReactiveChunkStore store = spec().with(o -> o.verify(VerifyPolicy.ALWAYS)).open();
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    store.restoreAll(keysOf("c", 4)).block(SOON).close();
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 2 * BLOCK);

    try (RestoredBatch batch = store.restoreAll(keysOf("c", 4)).block(SOON)) {
      assertThat(batch.holes()).containsExactly(fault(2), fault(3));
    }
    file.restore(FILE_BYTES);
  }

  @Test
  void scrubberFindsBadMemoryAndGoesOn() {
    ReactiveChunkStore store =
        spec().keepTimeOn(clock).with(o -> o.scrubBytesPerSecond(BLOCK)).open();
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    file.cutTo(StoreSpec.FILE_HEAD_BYTES + 2 * BLOCK);

    QuietStores.until(
        () -> {
          clock.advanceTimeBy(Duration.ofSeconds(1));
          return QuietStores.statusOf(store).counters().scrubbedBytes() >= 8 * BLOCK;
        },
        "two rounds");

    assertThat(QuietStores.statusOf(store).counters().quarantined()).isEqualTo(2);
    assertThat(store.prefixLength(keysOf("c", 4)).block(SOON)).isEqualTo(2);
    file.restore(FILE_BYTES);
  }

  @Test
  void putWhoseRecordCannotBeWrittenFailsAndTheNextFindsAnotherPlace() {
    ReactiveChunkStore store = spec().commits(commits).open();
    commits.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    commits.awaitHeld();
    file.cutTo(RECORDS);
    commits.passOne();
    // Its record is to be invalidated, in case that something of it is there.
    commits.awaitHeld();

    assertThat(put.next())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.cause()).isEqualTo(Cause.RECORD_FAULT));
    file.restore(FILE_BYTES);
    commits.passAll();

    QuietStores.awaitQuiet(store);
    Chunks.put(store, "a", BLOCK);
    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertBytes(batch.hits().getFirst().segment(), "a", BLOCK);
    }
  }

  @Test
  void removalWhoseRecordCannotBeInvalidatedSaysSoAndItsPlaceIsNotUsedAgain() {
    ReactiveChunkStore store = spec().commits(commits).arena(BLOCK).open();
    Chunks.put(store, "a", BLOCK);
    commits.hold();
    CompletableFuture<Boolean> removal = store.remove(key("a")).toFuture();
    commits.awaitHeld();
    file.cutTo(RECORDS);
    commits.passOne();

    assertThatThrownBy(() -> removal.get(SOON.toSeconds(), TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RecordFaultException.class)
        .hasMessageStartingWith("remove a: expected its record to be invalidated on the device");
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
    assertThatThrownBy(() -> store.remove(key("a")).block(SOON))
        .as("it may still be found at the next opening")
        .isInstanceOf(RecordFaultException.class);
    file.restore(FILE_BYTES);
    commits.passAll();

    assertThat(store.put(chunk("b", BLOCK)).block(SOON))
        .as("a record of a stands over that place")
        .isInstanceOf(Failed.class);
  }

  @Test
  void expiryThatCannotBeWrittenSaysSoAndHoldsHere() {
    ReactiveChunkStore store = spec().commits(commits).arena(BLOCK).open();
    Chunks.put(store, "a", BLOCK);
    commits.hold();
    CompletableFuture<Boolean> expiry = store.expire(key("a"), 1).toFuture();
    commits.awaitHeld();
    file.cutTo(RECORDS);
    commits.passOne();

    assertThatThrownBy(() -> expiry.get(SOON.toSeconds(), TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RecordFaultException.class)
        .hasMessageStartingWith("expire a: expected its record to be rewritten on the device");
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
    file.restore(FILE_BYTES);
    commits.passAll();
  }

  @Test
  void partsAreTakenInWhereTheArenaFaultsAndTheOutcomeSaysSo() {
    ReactiveChunkStore store = spec().arena(4 * BLOCK).open();
    ChunkWriter writer = Parts.start(store, "a", 2 * BLOCK);
    file.cutTo(RECORDS);

    Parts.writeAll(writer, BLOCK);

    assertThat(writer.commit().block(SOON))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.cause()).isEqualTo(Cause.ARENA_FAULT));
    file.restore(FILE_BYTES);
    assertThat(QuietStores.statusOf(store).arena().quarantinedBytes()).isEqualTo(2 * BLOCK);
  }

  @Test
  void recordsThatCannotBeReadAreMissedAndTheOthersAreThere() {
    ReactiveChunkStore store = spec().open();
    // One record each, of which 16 make a page.
    Chunks.putAll(store, chunksOf("v", 40, 10));
    store.close().block(SOON);
    stores.allowLog("damaged");

    ReactiveChunkStore again = spec().device(cut(RECORDS + 4096)).open();
    int found = present(again);

    assertThat(found).isBetween(1, 39);
    assertThat(QuietStores.statusOf(again).arena().chunks()).isEqualTo(found);
    try (RestoredBatch batch = again.restoreAll(keysOf("v", 40)).block(SOON)) {
      assertThat(batch.hits()).hasSize(found);
    }
    file.restore(FILE_BYTES);
  }

  @Test
  void deviceWithoutAnyMemoryIsRefused() {
    assertThatThrownBy(() -> spec().device(cut(0)).opening().block(SOON))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            file.path()
                + ": expected readable memory, found a memory fault in its first "
                + FILE_BYTES
                + " bytes, and no superblock");
  }

  @Test
  void payloadThatIsGoneWhenTheStoreIsOpenedIsMissed() {
    ReactiveChunkStore store = spec().open();
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    store.close().block(SOON);

    ReactiveChunkStore again = spec().device(cut(StoreSpec.FILE_HEAD_BYTES + 2 * BLOCK)).open();

    try (RestoredBatch batch = again.restoreAll(keysOf("c", 4)).block(SOON)) {
      assertThat(batch.holes()).containsExactly(fault(2), fault(3));
    }
    file.restore(FILE_BYTES);
  }

  @Test
  void closeOverMemoryThatIsGoneGivesEverythingBack() {
    ReactiveChunkStore store = spec().open();
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    stores.expectLog("its state stays open");
    file.cutTo(0);

    store.close().block(SOON);

    file.restore(FILE_BYTES);
  }

  private static int present(ReactiveChunkStore store) {
    return (int) keysOf("v", 40).stream().filter(key -> store.contains(key).block(SOON)).count();
  }

  /** Cuts the file once it is mapped, before anything is read. */
  private UnaryOperator<Device> cut(long bytes) {
    return device -> {
      file.cutTo(bytes);
      return device;
    };
  }

  private StoreSpec spec() {
    return stores.over(setup).file(file.path()).arena(BLOCKS * BLOCK);
  }

  private static Hole fault(int index) {
    return new Hole(index, key("c" + index), MissReason.MEMORY_FAULT);
  }
}
