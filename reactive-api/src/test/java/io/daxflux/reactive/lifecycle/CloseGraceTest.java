package io.daxflux.reactive.lifecycle;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

/** A close that is kept waiting for too long: who is cut off, how, and what is said about it. */
class CloseGraceTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  @RegisterExtension final QuietStores stores = new QuietStores();

  @Test
  void streamWithoutDemandIsCutOff() {
    ReactiveChunkStore store = stores.spec().closeGrace(SHORT).open();
    Chunks.putAll(store, chunksOf("c", 3, 1000));
    SlowSubscriber<RestoredChunk> stream =
        SlowSubscriber.to(store.restorePrefix(keysOf("c", 3)), 1);
    stream.next().close();
    stores.expectLog("close: after PT0.02S there are still 1 requests under way and 0 handles out");

    store.close().block(SOON);

    assertThat(stream.awaitError(ClosedException.class))
        .hasMessage("store closed: it closed before this request had ended, after PT0.02S");
  }

  @Test
  void noMemoryIsGivenBackUnderACopyHoweverLongItTakes() {
    CopyControl copies = new CopyControl();
    ClosingDevice device = new ClosingDevice();
    ReactiveChunkStore store = stores.spec().closeGrace(SHORT).copies(copies).device(device).open();
    Chunks.put(store, "a", 1000);
    copies.hold();
    SlowSubscriber<RestoredBatch> restore = SlowSubscriber.to(store.restoreAll(keys("a")), 1);
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("b", 1000)), 1);
    copies.awaitHeld(2);
    stores.expectLog("there are still 2 requests under way");

    CompletableFuture<Void> closing = store.close().toFuture();
    QuietStores.until(() -> stores.hasLogged("2 requests under way"), "the grace over");
    assertThat(closing).isNotDone();
    assertThat(device.closed()).isZero();
    assertThat(restore.waiting()).isZero();

    copies.passAll();
    restore.awaitError(ClosedException.class);
    put.awaitError(ClosedException.class);
    assertThat(closing).succeedsWithin(SOON);
  }

  @Test
  void streamOfPutsIsCutOffWithOneTypedError() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = stores.spec().closeGrace(SHORT).copies(copies).open();
    copies.hold();
    SlowSubscriber<PutOutcome> puts =
        SlowSubscriber.to(
            store.putAll(Flux.fromIterable(chunksOf("c", 20, 100)), PutMode.KEEP_EXISTING), 20);
    copies.awaitHeld(2);
    stores.expectLog("requests under way");

    CompletableFuture<Void> closing = store.close().toFuture();
    QuietStores.until(() -> stores.hasLogged("requests under way"), "the grace over");
    copies.passAll();

    while (puts.nextIsValue()) {
      assertThat(puts.next()).isInstanceOf(PutOutcome.Refused.class);
    }
    puts.awaitError(ClosedException.class);
    assertThat(closing).succeedsWithin(SOON);
  }

  @Test
  void acceptedPutThatIsCutOffIsLogged() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store =
        stores.spec().closeGrace(SHORT).copies(copies).with(config -> config.asyncPut(true)).open();
    copies.hold();
    assertThat(store.put(chunk("a", 100)).block(SOON)).isInstanceOf(PutOutcome.Accepted.class);
    copies.awaitHeld(1);
    stores.expectLog("requests under way");
    stores.expectLog("an accepted put was cut off by the close: Accepted[key=a, bytes=100]");

    CompletableFuture<Void> closing = store.close().toFuture();
    QuietStores.until(() -> stores.hasLogged("requests under way"), "the grace over");
    copies.passAll();

    assertThat(closing).succeedsWithin(SOON);
  }

  @Test
  void handlesThatAreStillOutAreRevokedAndSaidToBeWhose() {
    ReactiveChunkStore store = stores.spec().closeGrace(SHORT).open();
    Chunks.put(store, "a", 1000);
    BorrowedPrefix borrowed = store.borrowPrefix(keys("a")).block(SOON);
    PinnedPrefix pinned = store.pinPrefix(keys("a")).block(SOON);
    RestoredChunk chunk = store.restorePrefix(keys("a")).blockLast(SOON);
    MemorySegment lent = borrowed.chunks().getFirst().segment();
    MemorySegment restored = chunk.segment();
    stores.expectLog("0 requests under way and 3 handles out");
    stores.expectLog("closed with 3 handles out, which no longer work");
    stores.expectLog("CloseGraceTest.handlesThatAreStillOutAreRevokedAndSaidToBeWhose");

    store.close().block(SOON);

    assertThatThrownBy(() -> lent.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> restored.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> chunk.segment().get(JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
    borrowed.close();
    pinned.close();
    chunk.close();
  }

  @Test
  void deviceStaysMappedWhileNativeCodeUsesIt() throws Exception {
    ClosingDevice device = new ClosingDevice();
    ReactiveChunkStore store = stores.spec().closeGrace(SHORT).device(device).open();
    Chunks.put(store, "a", 500_000);
    BorrowedPrefix borrowed = store.borrowPrefix(keys("a")).block(SOON);
    MemorySegment segment = borrowed.chunks().getFirst().segment();
    Pipe pipe = Pipe.open();
    try (Pipe.SinkChannel sink = pipe.sink();
        InputStream source = Channels.newInputStream(pipe.source())) {
      FutureTask<Integer> write = new FutureTask<>(() -> sink.write(segment.asByteBuffer()));
      Thread.ofPlatform().start(write);
      source.read();
      stores.expectLog("1 handles out");
      stores.expectLog("native code is still using [borrowed prefix of 1 chunks]");

      store.close().block(SOON);

      assertThat(device.closed()).isZero();
      assertBytes(segment, "a", 500_000);
      source.readNBytes(500_000 - 1);
      assertThat(write.get()).isEqualTo(500_000);
    }
    borrowed.close();
    assertThatThrownBy(() -> segment.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noGraceAtAllCutsOffAtOnce() {
    ReactiveChunkStore store = stores.spec().closeGrace(Duration.ZERO).open();
    Chunks.put(store, "a", 1000);
    store.pinPrefix(keys("a")).block(SOON);
    stores.expectLog("1 handles out; the requests are cancelled");
    stores.expectLog("closed with 1 handles out");

    store.close().block(SOON);
  }
}
