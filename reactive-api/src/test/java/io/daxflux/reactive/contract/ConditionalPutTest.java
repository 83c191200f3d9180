package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SMALL;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Parts.head;
import static io.daxflux.reactive.Parts.refusal;
import static io.daxflux.reactive.Parts.start;
import static io.daxflux.reactive.Parts.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.DeviceTap;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome.Absent;
import io.daxflux.reactive.outcome.PutOutcome.AlreadyPresent;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;

/** Puts that depend on what is there, and those that tell what it was. */
class ConditionalPutTest extends StoreContract {
  @Test
  void replaceExistingStoresNothingWhereThereIsNone() {
    ReactiveChunkStore store = open();

    assertThat(put(store, PutMode.REPLACE_EXISTING, Chunks.chunk("a", 600)))
        .containsExactly(new Absent(key("a")));
    assertThat(refusal(store, head("a", 600), PutMode.REPLACE_EXISTING))
        .isEqualTo(new Absent(key("a")));
    assertThat(store.contains(key("a")).block(SOON)).isFalse();

    Chunks.put(store, "a", 600);
    assertThat(put(store, PutMode.REPLACE_EXISTING, Chunks.chunk("a", 700)))
        .containsExactly(new Stored(key("a"), 700));
    assertRestores(store, 700, "a");
  }

  @Test
  void replaceExistingIsDecidedWhenTheBytesAreThere() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 600);
    ChunkWriter writer = writeAll(start(store, head("a", 700), PutMode.REPLACE_EXISTING), 700);
    store.remove(key("a")).block(SOON);

    assertThat(writer.commit().block(SOON)).isEqualTo(new Absent(key("a")));
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
  }

  @Test
  void revisedModeDecidesTheCommit() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 600);
    ChunkWriter kept = writeAll(start(store, head("a", 700), PutMode.REPLACE), 700);
    kept.revise(PutMode.KEEP_EXISTING, ChunkHead.NEVER);
    ChunkWriter absent = writeAll(start(store, head("b", 700), PutMode.REPLACE), 700);
    absent.revise(PutMode.REPLACE_EXISTING, ChunkHead.NEVER);

    assertThat(kept.commit().block(SOON)).isEqualTo(new AlreadyPresent(key("a")));
    assertThat(absent.commit().block(SOON)).isEqualTo(new Absent(key("b")));
    assertRestores(store, 600, "a");
  }

  private static PutExchange exchange(ReactiveChunkStore store, PutMode mode, int length) {
    return writeAll(start(store, head("a", length), mode), 1000).exchange().block(SOON);
  }

  @Test
  void exchangeLendsWhatItReplaced() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);

    try (PutExchange exchange = exchange(store, PutMode.REPLACE, 6000)) {
      assertThat(exchange.outcome()).isEqualTo(new Stored(key("a"), 6000));
      assertBytes(exchange.previous().hits().getFirst().segment(), "a", 5000);
      assertRestores(store, 6000, "a");
      put(store, PutMode.REPLACE, Chunks.chunk("a", 7000));
      assertBytes(exchange.previous().hits().getFirst().segment(), "a", 5000);
    }
  }

  @Test
  void exchangeWhereNothingWasIsAHole() {
    ReactiveChunkStore store = open();

    try (PutExchange exchange = exchange(store, PutMode.REPLACE, 6000)) {
      assertThat(exchange.outcome()).isEqualTo(new Stored(key("a"), 6000));
      assertThat(exchange.previous().outcomes())
          .containsExactly(new Hole(0, key("a"), MissReason.ABSENT));
    }
  }

  @Test
  void exchangeLendsWhatItKept() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = writeAll(start(store, head("a", 600), PutMode.KEEP_EXISTING), 600);
    Chunks.put(store, "a", 5000);

    try (PutExchange exchange = writer.exchange().block(SOON)) {
      assertThat(exchange.outcome()).isEqualTo(new AlreadyPresent(key("a")));
      assertBytes(exchange.previous().hits().getFirst().segment(), "a", 5000);
    }
  }

  @Test
  void exchangeVerifiesWhatItLends() {
    DeviceTap tap = new DeviceTap();
    ReactiveChunkStore store = spec().device(tap).open();
    Chunks.put(store, "a", SMALL);
    tap.corrupt("a", SMALL);
    byte[] other = bytesOf("other", 700);

    ChunkWriter writer = start(store, head("a", 700), PutMode.REPLACE);
    writer.write(MemorySegment.ofArray(other)).block(SOON);
    try (PutExchange exchange = writer.exchange().block(SOON)) {
      assertThat(exchange.outcome()).isEqualTo(new Stored(key("a"), 700));
      assertThat(exchange.previous().holes())
          .containsExactly(new Hole(0, key("a"), MissReason.CORRUPT));
    }
    assertThat(put(store, PutMode.KEEP_EXISTING, Chunk.blob(key("a"), other)))
        .as("the new one is not harmed")
        .containsExactly(new AlreadyPresent(key("a")));
  }

  @Test
  void exchangeThatNobodyReceivesGivesBackWhatItLent() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);

    writeAll(start(store, head("a", 600), PutMode.REPLACE), 600)
        .exchange()
        .subscribeWith(
            new BaseSubscriber<PutExchange>() {
              @Override
              protected void hookOnNext(PutExchange ahead) {
                // Where it comes before the cancel somebody does receive it.
                ahead.close();
              }
            })
        .dispose();

    QuietStores.awaitQuiet(store);
  }

  @Test
  void exchangeAfterTheStoreHasClosedIsAnError() {
    ReactiveChunkStore store = open();
    ChunkWriter writer = writeAll(start(store, "a", 600), 600);
    store.close().block(SOON);

    assertThatThrownBy(() -> writer.exchange().block(SOON)).isInstanceOf(ClosedException.class);
  }
}
