package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Parts.head;
import static io.daxflux.reactive.Parts.refusal;
import static io.daxflux.reactive.Parts.start;
import static io.daxflux.reactive.Parts.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.Parts;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.AlreadyPresent;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.NoSpace;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.PutOutcome.TooLarge;
import io.daxflux.reactive.outcome.PutStart;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Puts whose bytes come part by part. */
class ChunkWriterTest extends StoreContract {
  /** Three slices of checksums. */
  private static final int LARGE = (9 << 20) + 77;

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "600,7", "512,512", "70001,4099", "300000,300000", "9437261,1000003"})
  void bytesThatCameInPartsAreServedAsOne(int length, int partBytes) {
    ReactiveChunkStore store = spec().arena(16 << 20).outputs(16 << 20).open();

    Parts.put(store, "a", length, partBytes);

    assertRestores(store, length, "a");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "600,7", "70001,4099", "300000,300000", "9437261,100003", "9437261,262144"})
  void partsThatAreTakenAtOnceStandInTheirPlacesAmongTheOthers(int length, int partBytes) {
    ReactiveChunkStore store = spec().arena(16 << 20).outputs(16 << 20).open();
    MemorySegment bytes = MemorySegment.ofArray(bytesOf("a", length));
    ChunkWriter writer = start(store, "a", length);

    for (int from = 0, part = 0; from < length; from += partBytes, part++) {
      MemorySegment next = bytes.asSlice(from, Math.min(partBytes, length - from));
      if (part % 5 == 3 || !writer.tryWrite(next)) {
        writer.write(next).subscribe();
      }
    }

    assertThat(writer.commit().block(SOON)).isInstanceOf(Stored.class);
    assertRestores(store, length, "a");
  }

  @Test
  void nothingIsTakenAtOnceThatIsTooLongOrTooLate() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = start(store, "a", 600);

    assertThat(writer.tryWrite(MemorySegment.ofArray(new byte[601]))).isFalse();
    writer.close();
    assertThat(writer.tryWrite(MemorySegment.ofArray(new byte[600]))).isFalse();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void partsAreCopiedInOrderWithoutWaitingForEach() {
    ReactiveChunkStore store = spec().arena(16 << 20).outputs(16 << 20).open();
    byte[] bytes = bytesOf("a", LARGE);
    ChunkWriter writer = start(store, "a", LARGE);

    PutOutcome outcome =
        Flux.range(0, Math.ceilDiv(LARGE, 50_000))
            .map(
                part ->
                    MemorySegment.ofArray(bytes)
                        .asSlice(part * 50_000L, Math.min(50_000, LARGE - part * 50_000L)))
            .flatMapSequential(writer::write, 8)
            .then(writer.commit())
            .block(SOON);

    assertThat(outcome).isEqualTo(new Stored(key("a"), LARGE));
    assertRestores(store, LARGE, "a");
  }

  @Test
  void attributesTravelWithTheChunk() {
    ReactiveChunkStore store = open();
    Attributes attributes = Attributes.of(bytesOf("attributes", 9));

    writeAll(start(store, head("a", 5000).withAttributes(attributes), PutMode.KEEP_EXISTING), 5000)
        .commit()
        .block(SOON);

    try (BorrowedPrefix borrowed = store.borrowPrefix(keys("a")).block(SOON)) {
      assertThat(borrowed.chunks().getFirst().attributes()).isEqualTo(attributes);
    }
  }

  @Test
  void nobodySeesTheChunkBeforeItIsCommitted() {
    ReactiveChunkStore store = open();

    ChunkWriter writer = writeAll(start(store, "a", 5000), 5000);

    assertThat(store.contains(key("a")).block(SOON)).isFalse();
    assertThat(QuietStores.statusOf(store).readers().reservations()).isEqualTo(1);
    writer.commit().block(SOON);
    assertThat(store.contains(key("a")).block(SOON)).isTrue();
    assertThat(QuietStores.statusOf(store).readers().reservations()).isZero();
  }

  @Test
  void closeGivesThePlaceBack() {
    ReactiveChunkStore store = openBlocks(2);
    ChunkWriter writer = start(store, "a", 2 * BLOCK);
    writer.write(MemorySegment.ofArray(new byte[BLOCK])).block(SOON);
    assertThat(put(store, Chunks.chunk("b", BLOCK))).isInstanceOf(NoSpace.class);

    writer.close();
    writer.close();

    QuietStores.awaitQuiet(store);
    assertThat(put(store, Chunks.chunk("b", 2 * BLOCK))).isInstanceOf(Stored.class);
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
  }

  @Test
  void writerThatNobodyReceivesIsClosed() {
    ReactiveChunkStore store = open();

    store
        .startPut(head("a", 5000), PutMode.REPLACE)
        .subscribe(
            new BaseSubscriber<>() {
              @Override
              protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
                subscription.cancel();
              }
            });

    QuietStores.awaitQuiet(store);
  }

  @Test
  void otherPutsOfTheKeyDoNotWaitAndTheLastCommitWins() {
    ReactiveChunkStore store = open();
    ChunkWriter early = start(store, "a", 5000);
    ChunkWriter late = start(store, "a", 6000);

    writeAll(late, 100).commit().block(SOON);
    assertRestores(store, 6000, "a");
    assertThat(put(store, PutMode.REPLACE, Chunks.chunk("a", 7000)))
        .containsExactly(new Stored(key("a"), 7000));
    assertRestores(store, 7000, "a");

    writeAll(early, 100).commit().block(SOON);
    assertRestores(store, 5000, "a");
  }

  @Test
  void removalBeforeTheCommitDoesNotConcernIt() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 600);
    ChunkWriter writer = writeAll(start(store, "a", 5000), 5000);

    assertThat(store.remove(key("a")).block(SOON)).isTrue();
    assertThat(store.remove(key("a")).block(SOON)).isFalse();

    assertThat(writer.commit().block(SOON)).isEqualTo(new Stored(key("a"), 5000));
  }

  @Test
  void keepExistingIsLookedAtBeforeTheBytesComeAndDecidedWhenTheyAreThere() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = writeAll(start(store, head("a", 5000), PutMode.KEEP_EXISTING), 5000);
    Chunks.put(store, "a", 600);

    assertThat(refusal(store, head("a", 5000), PutMode.KEEP_EXISTING))
        .isEqualTo(new AlreadyPresent(key("a")));
    assertThat(writer.commit().block(SOON)).isEqualTo(new AlreadyPresent(key("a")));
    assertRestores(store, 600, "a");
  }

  @Test
  void whatHasNoPlaceIsRefusedBeforeItsBytesCome() {
    ReactiveChunkStore store = openBlocks(4);
    ChunkWriter other = start(store, "other", 3 * BLOCK);

    assertThat(refusal(store, head("a", 2 * BLOCK), PutMode.REPLACE))
        .isEqualTo(new NoSpace(key("a"), 2 * BLOCK, BLOCK, BLOCK));
    assertThat(refusal(store, head("a", 9 * BLOCK), PutMode.REPLACE))
        .isEqualTo(new TooLarge(key("a"), 9 * BLOCK, 4 * BLOCK));
    other.close();
  }

  @Test
  void chunksLieBehindTheOneBeforeAlsoWhileThatIsBeingWritten() {
    ReactiveChunkStore store = openBlocks(64);
    ChunkWriter first = start(store, "c0", BLOCK);
    ChunkWriter second = start(store, head("c1", BLOCK).after(key("c0")), PutMode.REPLACE);
    ChunkWriter third = start(store, head("c2", BLOCK).after(key("c1")), PutMode.REPLACE);
    for (ChunkWriter writer : List.of(third, first, second)) {
      writeAll(writer, 999).commit().block(SOON);
    }

    try (BorrowedPrefix borrowed = store.borrowPrefix(keys("c0", "c1", "c2")).block(SOON)) {
      List<Long> addresses =
          borrowed.chunks().stream().map(chunk -> chunk.segment().address()).toList();
      assertThat(addresses)
          .containsExactly(
              addresses.getFirst(), addresses.getFirst() + BLOCK, addresses.getFirst() + 2 * BLOCK);
    }
  }

  @Test
  void partThatIsTooLongIsRefusedAndTheWriterGoesOn() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = start(store, "a", 5000);
    AtomicInteger released = new AtomicInteger();

    assertThatThrownBy(
            () ->
                writer
                    .write(MemorySegment.ofArray(new byte[5001]), released::incrementAndGet)
                    .block(SOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("part of a: expected at most 5000 bytes, found 5001");

    assertThat(released).hasValue(1);
    assertThat(writeAll(writer, 5000).commit().block(SOON)).isInstanceOf(Stored.class);
  }

  @Test
  void commitOfLessThanAllIsAnErrorAndGivesThePlaceBack() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = start(store, "a", 5000);
    writer.write(MemorySegment.ofArray(new byte[4999])).block(SOON);

    assertThatThrownBy(() -> writer.commit().block(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("commit of a: expected 5000 bytes, found 4999");

    QuietStores.awaitQuiet(store);
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
  }

  @Test
  void everyPartIsGivenBackOnceWhateverBecomesOfIt() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = start(store, "a", 5000);
    MemorySegment part = MemorySegment.ofArray(new byte[2500]);
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger twice = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();

    writer.write(part, taken::incrementAndGet).block(SOON);
    var again = writer.write(part, twice::incrementAndGet);
    again.block(SOON);
    assertThatThrownBy(() -> again.block(SOON)).isInstanceOf(IllegalStateException.class);
    writer.close();
    assertThatThrownBy(() -> writer.write(part, late::incrementAndGet).block(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected an open writer of a: closed");

    assertThat(List.of(taken.get(), twice.get(), late.get())).containsExactly(1, 1, 1);
  }

  @Test
  void endedWriterEndsNoSecondTime() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = writeAll(start(store, "a", 5000), 5000);
    writer.commit().block(SOON);

    assertThatThrownBy(() -> writer.commit().block(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected an open writer of a: committed");
    writer.close();

    assertRestores(store, 5000, "a");
  }

  @Test
  void partThatCannotBeReadMakesAnOutcomeAndNoError() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = start(store, "a", 5000);
    Arena gone = Arena.ofShared();
    MemorySegment closed = gone.allocate(2500);
    gone.close();

    writer.write(closed).block(SOON);
    writer.write(MemorySegment.ofArray(new byte[2500])).block(SOON);

    assertThat(writer.commit().block(SOON))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.cause()).isEqualTo(Failed.Cause.PAYLOAD_FAULT));
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
  }

  @Test
  void partsOfOneThreadsMemoryAreRefusedAtTheCall() {
    ChunkWriter writer = start(open(), "a", 100);
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment part = confined.allocate(100);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(part))
          .withMessageStartingWith("part: expected memory that any thread may read");
    }
    writer.close();
  }

  @Test
  void closingTheStoreEndsWritersThatWereNotCommitted() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = start(store, "a", 5000);
    ChunkWriter full = writeAll(start(store, "b", 5000), 5000);

    store.close().block(SOON);

    assertThatThrownBy(() -> writer.write(MemorySegment.ofArray(new byte[1])).block(SOON))
        .isInstanceOf(ClosedException.class);
    assertThat(full.commit().block(SOON)).isEqualTo(new Refused(key("b"), Refused.Reason.CLOSING));
    PutStart late = store.startPut(head("c", 1), PutMode.REPLACE).block(SOON);
    assertThat(late.toString()).contains("CLOSING");
  }
}
