package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.config.VerifyPolicy;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Borrows: read-only, where the bytes lie, and gone when they are given back. */
class BorrowTest extends StoreContract {
  @NotRemote(NotRemote.BORROW_IS_A_COPY)
  @Test
  void borrowedChunksLieSideBySideWithoutACopy() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store =
        spec().copies(copies).with(config -> config.verify(VerifyPolicy.NEVER)).open();
    Chunks.putAll(store, chunksOf("c", 3, BLOCK));
    int puts = copies.begun().size();

    try (BorrowedPrefix borrowed = store.borrowPrefix(keysOf("c", 3)).block(SOON)) {
      List<BorrowedChunk> chunks = borrowed.chunks();
      for (int i = 0; i < 3; i++) {
        assertThat(chunks.get(i).index()).isEqualTo(i);
        assertThat(chunks.get(i).key()).isEqualTo(key("c" + i));
        assertBytes(chunks.get(i).segment(), "c" + i, BLOCK);
      }
      assertThat(chunks.get(1).segment().address() - chunks.get(0).segment().address())
          .isEqualTo(BLOCK);
      assertThat(QuietStores.statusOf(store).outputs().chunksOut()).isZero();
    }
    assertThat(copies.begun()).hasSize(puts);
  }

  @Test
  void borrowedBytesCannotBeWritten() {
    try (BorrowedPrefix borrowed = borrowOne()) {
      MemorySegment segment = borrowed.chunks().getFirst().segment();

      assertThat(segment.isReadOnly()).isTrue();
      assertThatThrownBy(() -> segment.set(JAVA_BYTE, 0, (byte) 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void borrowedSegmentEndsWithItsChunk() {
    try (BorrowedPrefix borrowed = borrowOne()) {
      MemorySegment segment = borrowed.chunks().getFirst().segment();

      assertThat(segment.byteSize()).isEqualTo(5000);
      assertThatThrownBy(() -> segment.get(JAVA_BYTE, 5000))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void useAfterCloseFails() {
    BorrowedPrefix borrowed = borrowOne();
    MemorySegment segment = borrowed.chunks().getFirst().segment();
    MemorySegment slice = segment.asSlice(10, 10);

    borrowed.close();
    borrowed.close();

    assertThatThrownBy(() -> segment.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> slice.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
  }

  @NotRemote(NotRemote.BORROW_IS_A_COPY)
  @Test
  void borrowsOfOneChunkAreClosedEachByItself() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    BorrowedPrefix first = store.borrowPrefix(List.of(key("a"))).block(SOON);
    BorrowedPrefix second = store.borrowPrefix(List.of(key("a"))).block(SOON);

    first.close();

    assertBytes(second.chunks().getFirst().segment(), "a", 5000);
    assertThat(QuietStores.statusOf(store).readers().leases()).isEqualTo(1);
    second.close();
  }

  @Test
  void closingOnAnotherThreadThanTheReceiversWorks() throws InterruptedException {
    BorrowedPrefix borrowed = borrowOne();
    Thread closer = Thread.ofVirtual().start(borrowed::close);
    closer.join();

    assertThatThrownBy(() -> borrowed.chunks().getFirst().segment().get(JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A write to a full pipe is a native call that lasts until somebody reads the other end. */
  @Test
  void closeDuringNativeUseFailsAndCanBeRepeated() throws Exception {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 500_000);
    BorrowedPrefix borrowed = store.borrowPrefix(List.of(key("a"))).block(SOON);
    MemorySegment segment = borrowed.chunks().getFirst().segment();
    Pipe pipe = Pipe.open();
    try (Pipe.SinkChannel sink = pipe.sink();
        InputStream source = Channels.newInputStream(pipe.source())) {
      FutureTask<Integer> write = new FutureTask<>(() -> sink.write(segment.asByteBuffer()));
      Thread.ofPlatform().start(write);
      source.read();

      assertThatThrownBy(borrowed::close).isInstanceOf(IllegalStateException.class);
      assertBytes(segment, "a", 500_000);

      source.readNBytes(500_000 - 1);
      assertThat(write.get()).isEqualTo(500_000);
      borrowed.close();
    }
    assertThatThrownBy(() -> segment.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
  }

  @NotRemote(NotRemote.BORROW_IS_A_COPY)
  @Test
  void unguardedSegmentsDoNotEndWithTheirBatch() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 1, 5000));
    BorrowedBatch batch = store.borrowAll(keys("absent", "c0")).block(SOON);
    MemorySegment guarded = batch.hits().getFirst().segment();
    BorrowedChunk unguarded = (BorrowedChunk) batch.unguarded().get(1);

    assertThat(batch.unguarded().getFirst()).isInstanceOf(Hole.class);
    assertThat(unguarded.segment().isReadOnly()).isTrue();
    assertBytes(unguarded.segment(), "c0", 5000);
    batch.close();

    assertThat(guarded.scope().isAlive()).isFalse();
    assertThat(unguarded.segment().scope().isAlive()).isTrue();
    store.close().block(SOON);
    assertThat(unguarded.segment().scope().isAlive()).isFalse();
  }

  @NotRemote(NotRemote.DELIVERS_BY_ITS_CONNECTION)
  @Test
  void subscriberIsDeliveredOnTheSchedulerThatItNames() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 1, 5000));
    Scheduler own = Schedulers.newSingle("own");

    String borrowedOn =
        store
            .borrowAll(keys("c0"))
            .doOnNext(BorrowedBatch::close)
            .map(_ -> Thread.currentThread().getName())
            .contextWrite(context -> context.put(ReactiveChunkStore.DELIVERY, own))
            .block(SOON);

    own.dispose();
    assertThat(borrowedOn).startsWith("own-");
    // Where that one takes no more, another delivers.
    assertThat(
            store
                .contains(key("c0"))
                .contextWrite(context -> context.put(ReactiveChunkStore.DELIVERY, own))
                .block(SOON))
        .isTrue();
  }

  @Test
  void borrowAllKeepsPositionsAndSaysWhatIsMissing() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    Chunks.put(store, "b", 10);
    Chunks.put(store, "empty", 0);

    try (BorrowedBatch batch =
        store.borrowAll(keys("b", "absent", "a", "empty", "b")).block(SOON)) {
      assertThat(batch.outcomes().stream().map(BorrowOutcome::index))
          .containsExactly(0, 1, 2, 3, 4);
      assertThat(batch.holes()).containsExactly(new Hole(1, key("absent"), MissReason.ABSENT));
      assertThat(batch.hits().stream().map(BorrowedChunk::index)).containsExactly(0, 2, 3, 4);
      assertBytes(batch.hits().get(0).segment(), "b", 10);
      assertBytes(batch.hits().get(1).segment(), "a", 5000);
      assertThat(batch.hits().get(2).segment().byteSize()).isZero();
    }
    assertThat(QuietStores.statusOf(store).counters().hits()).isEqualTo(4);
    assertThat(QuietStores.statusOf(store).counters().misses()).isEqualTo(1);
  }

  @NotRemote(NotRemote.BORROW_IS_A_COPY)
  @Test
  void borrowAllHoldsALeaseForEachHit() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 2, 5000));

    try (BorrowedBatch _ = store.borrowAll(keys("c1", "absent", "c0", "c1")).block(SOON)) {
      assertThat(QuietStores.statusOf(store).readers().leases()).isEqualTo(3);
      assertThat(QuietStores.statusOf(store).readers().handlesOut()).isEqualTo(1);
    }
  }

  @Test
  void batchThatWasClosedCannotBeRead() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    BorrowedBatch batch = store.borrowAll(keys("absent", "a")).block(SOON);
    MemorySegment segment = batch.hits().getFirst().segment();

    batch.close();
    batch.close();

    assertThatThrownBy(() -> segment.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void batchOfMissesAloneIsAHandleAsWell() {
    ReactiveChunkStore store = open();
    try (BorrowedBatch batch = store.borrowAll(keys("x", "y")).block(SOON)) {
      assertThat(batch.holes()).hasSize(2);
      assertThat(batch.hits()).isEmpty();
    }
    store.borrowAll(List.of()).block(SOON).close();
  }

  private BorrowedPrefix borrowOne() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    return store.borrowPrefix(List.of(key("a"))).block(SOON);
  }
}
