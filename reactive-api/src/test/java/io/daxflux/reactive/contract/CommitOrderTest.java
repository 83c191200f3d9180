package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.assertSame;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.contract.StoreContract.BLOCK;
import static io.daxflux.reactive.contract.StoreContract.assertRestores;
import static io.daxflux.reactive.contract.StoreContract.present;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.HeldCommits;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.PutOutcome.Withdrawn;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Records are written and invalidated elsewhere: what waits for that, and what does not. */
@ParameterizedClass
@EnumSource(names = {"FILE_DIRECT", "FILE_STAGED"})
class CommitOrderTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  @Parameter Setup setup;

  private final HeldCommits commits = new HeldCommits();
  private final CopyControl copies = new CopyControl();

  @Test
  void chunkIsThereOnceItsRecordIs() {
    ReactiveChunkStore store = open(4);
    commits.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    commits.awaitHeld();

    assertThat(present(store, "a")).isEmpty();
    assertThat(put.waiting()).isZero();

    commits.passOne();
    assertThat(put.next()).isEqualTo(new Stored(key("a"), BLOCK));
    assertRestores(store, BLOCK, "a");
  }

  @Test
  void placeOfAnEvictedChunkIsWrittenToOnceItsRecordIsInvalid() {
    ReactiveChunkStore store = open(2);
    Chunks.putAll(store, chunksOf("c", 2, BLOCK));
    int before = copies.begun().size();
    commits.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("n", BLOCK)), 1);
    commits.awaitHeld();

    assertThat(present(store, "c0", "c1", "n")).as("gone at once").containsExactly("c1");
    assertThat(copies.begun()).as("and not yet written over").hasSize(before);

    commits.passOne();
    QuietStores.until(() -> copies.begun().size() == before + 1, "a copy");
    commits.awaitHeld();
    assertThat(present(store, "n")).isEmpty();
    commits.passOne();
    assertThat(put.next()).isInstanceOf(Stored.class);
  }

  @Test
  void placeOfASmallValueIsWrittenToOnceItsRecordIsInvalid() {
    ReactiveChunkStore store = open(1);
    Chunks.put(store, "v", 100);
    int before = copies.begun().size();
    commits.hold();
    SlowSubscriber<Boolean> removal = SlowSubscriber.to(store.remove(key("v")), 1);
    commits.awaitHeld();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("w", 100)), 1);
    QuietStores.statusOf(store);

    // It may lie where the other did, or elsewhere: only in its place it waits.
    boolean waits = copies.begun().size() == before;
    commits.passAll();
    assertThat(removal.next()).isTrue();
    assertThat(put.next()).isInstanceOf(Stored.class);
    assertThat(waits).isTrue();
    assertRestores(store, 100, "w");
  }

  @Test
  void removalIsToldOnceTheRecordIsInvalid() {
    ReactiveChunkStore store = open(4);
    Chunks.put(store, "a", BLOCK);
    commits.hold();

    SlowSubscriber<Boolean> removal = SlowSubscriber.to(store.remove(key("a")), 1);
    commits.awaitHeld();

    assertThat(present(store, "a")).as("gone at once").isEmpty();
    assertThat(removal.waiting()).isZero();
    commits.passOne();
    assertThat(removal.next()).isTrue();
  }

  @Test
  void removalDuringTheCommitTakesThePutBack() {
    Path file = stores.newFile();
    ReactiveChunkStore store = spec(4).file(file).open();
    commits.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    commits.awaitHeld();

    SlowSubscriber<Boolean> removal = SlowSubscriber.to(store.remove(key("a")), 1);
    QuietStores.statusOf(store);
    commits.passAll();

    assertThat(put.next()).isEqualTo(new Withdrawn(key("a")));
    assertThat(removal.next()).isTrue();
    assertGoneAfterReopen(store, file);
  }

  @Test
  void cancelBeforeTheCommitTakesThePutBack() {
    Path file = stores.newFile();
    ReactiveChunkStore store = spec(4).file(file).open();
    copies.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    copies.awaitHeld(1);

    put.cancel();
    copies.passAll();

    QuietStores.awaitQuiet(store);
    assertGoneAfterReopen(store, file);
  }

  @Test
  void cancelDuringTheCommitTakesThePutBack() {
    Path file = stores.newFile();
    ReactiveChunkStore store = spec(4).file(file).open();
    commits.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    commits.awaitHeld();

    put.cancel();
    QuietStores.statusOf(store);
    commits.passAll();

    QuietStores.awaitQuiet(store);
    assertThat(QuietStores.statusOf(store).arena().freeBytes()).isEqualTo(4 * BLOCK);
    assertGoneAfterReopen(store, file);
  }

  @Test
  void cancelAfterTheCommitIsTooLate() {
    ReactiveChunkStore store = open(4);
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)));
    put.request(1);
    put.next();

    put.cancel();

    QuietStores.awaitQuiet(store);
    assertRestores(store, BLOCK, "a");
  }

  @Test
  void oldVersionIsServedUntilTheNewOneIsCommitted() {
    ReactiveChunkStore store = open(4);
    Chunks.put(store, "a", BLOCK);
    byte[] newer = Chunks.bytesOf("newer", BLOCK);
    commits.hold();
    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(store.putAll(List.of(Chunk.blob(key("a"), newer)), PutMode.REPLACE), 1);
    commits.awaitHeld();

    assertRestores(store, BLOCK, "a");

    commits.passAll();
    put.next();
    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertSame(batch.hits().getFirst().segment(), newer);
    }
  }

  @Test
  void readerOfAnEvictedChunkReadsToTheEndAndItsPlaceWaits() {
    ReactiveChunkStore store = open(1);
    Chunks.put(store, "a", BLOCK);
    copies.hold();
    SlowSubscriber<RestoredBatch> reader = SlowSubscriber.to(store.restoreAll(keys("a")), 1);
    copies.awaitHeld(1);
    assertThat(store.remove(key("a")).block(SOON)).isTrue();

    assertThat(store.put(chunk("b", BLOCK)).block(SOON)).isInstanceOf(PutOutcome.NoSpace.class);

    copies.passAll();
    try (RestoredBatch batch = reader.next()) {
      assertBytes(batch.hits().getFirst().segment(), "a", BLOCK);
    }
    Chunks.put(store, "b", BLOCK);
  }

  @Test
  void closeWaitsForCommits() {
    Path file = stores.newFile();
    ReactiveChunkStore store = spec(4).file(file).closeGrace(Duration.ofMinutes(5)).open();
    Chunks.put(store, "b", BLOCK);
    commits.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    commits.awaitHeld();

    CompletableFuture<Void> closing = store.close().toFuture();
    assertThat(closing).isNotDone();
    commits.passAll();

    assertThat(closing).succeedsWithin(SOON);
    assertThat(put.next()).isInstanceOf(Stored.class);
    assertRestores(spec(4).file(file).open(), BLOCK, "a", "b");
  }

  @Test
  void closeThatCutsAPutOffWaitsForItsCommitAndTakesItBack() {
    Path file = stores.newFile();
    ReactiveChunkStore store = spec(4).file(file).closeGrace(Duration.ofMillis(10)).open();
    stores.expectLog("there are still 1 requests under way");
    commits.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    commits.awaitHeld();

    CompletableFuture<Void> closing = store.close().toFuture();
    QuietStores.until(() -> stores.hasLogged("1 requests under way"), "the grace over");
    assertThat(closing).isNotDone();
    commits.passAll();

    assertThat(closing).succeedsWithin(SOON);
    put.awaitError(ClosedException.class);
    assertThat(present(spec(4).file(file).open(), "a")).isEmpty();
  }

  @Test
  void removalWithoutASubscriberIsCarriedOutBeforeTheStoreIsClosed() {
    Path file = stores.newFile();
    ReactiveChunkStore store = spec(4).file(file).open();
    Chunks.put(store, "a", BLOCK);
    commits.hold();
    SlowSubscriber<Boolean> removal = SlowSubscriber.to(store.remove(key("a")), 1);
    commits.awaitHeld();
    removal.cancel();

    CompletableFuture<Void> closing = store.close().toFuture();
    commits.passAll();

    assertThat(closing).succeedsWithin(SOON);
    assertThat(present(spec(4).file(file).open(), "a")).isEmpty();
  }

  private StoreSpec spec(int blocks) {
    return stores.over(setup).arena((long) blocks * BLOCK).copies(copies).commits(commits);
  }

  private ReactiveChunkStore open(int blocks) {
    return spec(blocks).open();
  }

  private void assertGoneAfterReopen(ReactiveChunkStore store, Path file) {
    assertThat(present(store, "a")).isEmpty();
    store.close().block(SOON);
    ReactiveChunkStore again = spec(4).file(file).open();
    assertThat(present(again, "a")).isEmpty();
    assertThat(QuietStores.statusOf(again).arena().freeBytes()).isEqualTo(4 * BLOCK);
  }
}
