package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Parts.head;
import static io.daxflux.reactive.Parts.start;
import static io.daxflux.reactive.Parts.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.HeldCommits;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.AlreadyPresent;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.HeldBack;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.PutOutcome.Withdrawn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Puts that are seen all at once, or none of them. */
class CommitAllTest extends StoreContract {
  private static List<ChunkWriter> written(
      ReactiveChunkStore store, PutMode mode, String... names) {
    List<ChunkWriter> writers = new ArrayList<>();
    for (String name : names) {
      writers.add(writeAll(start(store, head(name, 5000), mode), 999));
    }
    return writers;
  }

  @Test
  void allAreStored() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "b", 600);

    assertThat(store.commitAll(written(store, PutMode.REPLACE, "a", "b", "c")).block(SOON))
        .containsExactly(
            new Stored(key("a"), 5000), new Stored(key("b"), 5000), new Stored(key("c"), 5000));

    assertRestores(store, 5000, "a", "b", "c");
  }

  @Test
  void whereOneIsNotWantedNoneIsStored() {
    ReactiveChunkStore store = open();
    List<ChunkWriter> writers = written(store, PutMode.KEEP_EXISTING, "a", "b", "c");
    Chunks.put(store, "b", 600);

    assertThat(store.commitAll(writers).block(SOON))
        .containsExactly(
            new HeldBack(key("a")), new AlreadyPresent(key("b")), new HeldBack(key("c")));

    assertThat(present(store, "a", "b", "c")).containsExactly("b");
  }

  @Test
  void whereOneFailsNoneIsStored() {
    ReactiveChunkStore store = open();
    List<ChunkWriter> writers = written(store, PutMode.REPLACE, "a");
    ChunkWriter failing = start(store, "b", 10);
    Arena gone = Arena.ofShared();
    MemorySegment closed = gone.allocate(10);
    gone.close();
    failing.write(closed).block(SOON);
    writers.add(failing);

    List<PutOutcome> outcomes = store.commitAll(writers).block(SOON);

    assertThat(outcomes.getFirst()).isEqualTo(new HeldBack(key("a")));
    assertThat(outcomes.getLast()).isInstanceOf(Failed.class);
    assertThat(store.count().block(SOON)).isZero();
  }

  @Test
  void oneThatHadEndedOrLacksBytesIsAnErrorAndTheOthersAreGivenBack() {
    ReactiveChunkStore store = open();
    List<ChunkWriter> ended = written(store, PutMode.REPLACE, "a", "b");
    ended.getLast().close();
    List<ChunkWriter> lacking = written(store, PutMode.REPLACE, "a");
    lacking.add(start(store, "b", 10));

    assertThatThrownBy(() -> store.commitAll(ended).block(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected an open writer of b: closed");
    assertThatThrownBy(() -> store.commitAll(lacking).block(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("commit of b: expected 10 bytes, found 0");

    QuietStores.awaitQuiet(store);
    assertThat(store.count().block(SOON)).isZero();
  }

  @Test
  void writersThatAreNotSuchAreRefusedAtTheCallAndStayOpen() {
    ReactiveChunkStore store = open();
    List<ChunkWriter> twice = written(store, PutMode.REPLACE, "a", "a");
    List<ChunkWriter> ofAnother = written(stores.open(), PutMode.REPLACE, "a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.commitAll(twice))
        .withMessage("commitAll: expected one writer for each key, found another of a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.commitAll(ofAnother))
        .withMessage("commitAll: expected writers of this store, found writer of a");

    assertThat(store.commitAll(List.of()).block(SOON)).isEmpty();
    assertThat(twice.getFirst().commit().block(SOON)).isInstanceOf(Stored.class);
    twice.getLast().close();
    ofAnother.getFirst().close();
  }

  @Test
  void afterTheStoreHasClosedAllAreRefused() {
    ReactiveChunkStore store = open();
    List<ChunkWriter> writers = written(store, PutMode.REPLACE, "a", "b");
    store.close().block(SOON);

    assertThat(store.commitAll(writers).block(SOON))
        .containsExactly(
            new Refused(key("a"), Refused.Reason.CLOSING),
            new Refused(key("b"), Refused.Reason.CLOSING));
  }

  @Test
  void removalWhileTheRecordsAreWrittenGoesBehindAllOfThem() throws Exception {
    Assumptions.assumeTrue(setup == Setup.FILE_DIRECT);
    HeldCommits commits = new HeldCommits();
    Path file = stores.newFile();
    ReactiveChunkStore store = spec().file(file).commits(commits).open();
    List<ChunkWriter> writers = written(store, PutMode.REPLACE, "a", "b");
    commits.hold();
    CompletableFuture<List<PutOutcome>> commit = store.commitAll(writers).toFuture();
    commits.awaitHeld();
    assertThat(store.count().block(SOON)).isZero();
    CompletableFuture<Boolean> removal = store.remove(key("a")).toFuture();
    QuietStores.statusOf(store);
    commits.passAll();

    assertThat(removal.get()).isTrue();
    assertThat(commit.get()).containsExactly(new Withdrawn(key("a")), new Stored(key("b"), 5000));
    store.close().block(SOON);
    ReactiveChunkStore again = spec().file(file).open();
    assertThat(present(again, "a", "b")).containsExactly("b");
  }
}
