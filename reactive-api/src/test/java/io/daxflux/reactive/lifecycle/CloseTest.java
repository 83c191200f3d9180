package io.daxflux.reactive.lifecycle;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreException.Category;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A close that ends in time: what it waits for, who is told, and what works afterwards. */
class CloseTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @RegisterExtension final QuietStores stores = new QuietStores();

  @Test
  void everyoneWhoClosesIsToldWhenAllIsDone() throws InterruptedException {
    ClosingDevice device = new ClosingDevice();
    ReactiveChunkStore store = stores.spec().closeGrace(LONG).device(device).open();
    Chunks.put(store, "a", 1);
    BorrowedPrefix borrowed = store.borrowPrefix(keys("a")).block(SOON);
    List<CompletableFuture<Void>> closers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      CompletableFuture<Void> closer = new CompletableFuture<>();
      closers.add(closer);
      threads.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      store
                          .close()
                          .subscribe(
                              _ -> {},
                              closer::completeExceptionally,
                              () -> closer.complete(null))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(closers).noneMatch(CompletableFuture::isDone);
    assertThat(device.closed()).isZero();

    borrowed.close();

    assertThat(closers).allSatisfy(closer -> assertThat(closer).succeedsWithin(SOON));
    assertThat(device.closed()).isEqualTo(1);
    store.close().block(SOON);
    assertThat(device.closed()).isEqualTo(1);
  }

  @Test
  void closeBeginsWithoutASubscriber() {
    ClosingDevice device = new ClosingDevice();
    ReactiveChunkStore store = stores.spec().device(device).open();

    Mono<Void> nobodySubscribes = store.close();

    QuietStores.until(() -> device.closed() == 1, "the device closed");
    nobodySubscribes.block(SOON);
  }

  @Test
  void everyRequestToAClosedStoreFailsByName() {
    ReactiveChunkStore store = stores.open();
    store.close().block(SOON);
    List<MemorySegment> outputs = List.of(MemorySegment.ofArray(new byte[1]));
    Map<String, Publisher<?>> requests =
        Map.of(
            "restorePrefix", store.restorePrefix(keys("a")),
            "explainPrefix", store.explainPrefix(keys("a")),
            "restoreAll", store.restoreAll(keys("a")),
            "restoreInto", store.restoreInto(keys("a"), outputs),
            "borrowPrefix", store.borrowPrefix(keys("a")),
            "pinPrefix", store.pinPrefix(keys("a")),
            "prefixLength", store.prefixLength(keys("a")),
            "contains", store.contains(key("a")),
            "remove", store.remove(key("a")),
            "status", store.status());

    requests.forEach(
        (name, request) ->
            assertThatThrownBy(() -> Flux.from(request).blockLast(SOON))
                .as(name)
                .isInstanceOfSatisfying(
                    ClosedException.class,
                    closed -> assertThat(closed.category()).isEqualTo(Category.REOPEN))
                .hasMessage("store closed: it takes in no more requests"));
    Refused refused = new Refused(key("a"), Refused.Reason.CLOSING);
    assertThat(store.put(chunk("a", 1)).block(SOON)).isEqualTo(refused);
    assertThat(store.putAll(Flux.just(chunk("a", 1)), PutMode.REPLACE).blockLast(SOON))
        .isEqualTo(refused);
    assertThat(store.events().collectList().block(SOON)).isEmpty();
    assertThatThrownBy(() -> store.restoring(RestoreMode.STAGED).status().block(SOON))
        .isInstanceOf(ClosedException.class);
  }

  @Test
  void closeLetsRestoresAndPutsEnd() {
    CopyControl copies = new CopyControl();
    ClosingDevice device = new ClosingDevice();
    ReactiveChunkStore store = stores.spec().closeGrace(LONG).copies(copies).device(device).open();
    Chunks.put(store, "a", 5000);
    copies.hold();
    SlowSubscriber<RestoredChunk> restore = SlowSubscriber.to(store.restorePrefix(keys("a")), 1);
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("b", 100)), 1);
    copies.awaitHeld(2);

    CompletableFuture<Void> closing = store.close().toFuture();
    copies.passAll();

    assertThat(put.next()).isEqualTo(new PutOutcome.Stored(key("b"), 100));
    try (RestoredChunk chunk = restore.next()) {
      assertBytes(chunk.segment(), "a", 5000);
      assertThat(closing).isNotDone();
      assertThat(device.closed()).isZero();
    }
    assertThat(closing).succeedsWithin(SOON);
  }

  @Test
  void closeLetsAStreamEndThatIsReadSlowly() {
    ReactiveChunkStore store = stores.spec().closeGrace(LONG).open();
    Chunks.putAll(store, chunksOf("c", 5, 1000));
    SlowSubscriber<RestoredChunk> stream =
        SlowSubscriber.to(store.restorePrefix(keysOf("c", 5)), 1);
    stream.next().close();

    CompletableFuture<Void> closing = store.close().toFuture();
    for (int i = 1; i < 5; i++) {
      assertThat(closing).isNotDone();
      stream.request(1);
      stream.next().close();
    }

    stream.awaitComplete();
    assertThat(closing).succeedsWithin(SOON);
  }

  @Test
  void closeLetsTheChunksOfAStreamOfPutsEndAndRefusesTheRest() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = stores.spec().closeGrace(LONG).copies(copies).open();
    copies.hold();
    SlowSubscriber<PutOutcome> puts =
        SlowSubscriber.to(
            store.putAll(Flux.fromIterable(chunksOf("c", 6, 100)), PutMode.KEEP_EXISTING), 6);
    await().until(() -> store.status().block(SOON).readers().reservations() == 4);

    CompletableFuture<Void> closing = store.close().toFuture();
    copies.passAll();

    for (int i = 0; i < 4; i++) {
      assertThat(puts.next()).isEqualTo(new PutOutcome.Stored(key("c" + i), 100));
    }
    for (int i = 4; i < 6; i++) {
      assertThat(puts.next()).isEqualTo(new Refused(key("c" + i), Refused.Reason.CLOSING));
    }
    puts.awaitComplete();
    assertThat(closing).succeedsWithin(SOON);
  }

  @Test
  void listenersAreToldThatNothingHappensAnyMore() {
    ReactiveChunkStore store = stores.open();
    var events = SlowSubscriber.to(store.events(), 1);

    store.close().block(SOON);

    events.awaitComplete();
  }

  @Test
  void subscriberMayCloseTheStore() {
    ReactiveChunkStore store = stores.open();
    Chunks.put(store, "a", 1);

    store.contains(key("a")).flatMap(_ -> store.close()).block(SOON);

    assertThatThrownBy(() -> store.status().block(SOON)).isInstanceOf(ClosedException.class);
  }

  @Test
  void schedulersOfTheCallerStayTheCallers() {
    Scheduler delivery = Schedulers.newParallel("mine-delivery", 2);
    Scheduler workers = Schedulers.newBoundedElastic(2, 100, "mine-copies");
    try {
      ReactiveChunkStore store = stores.spec().deliverOn(delivery).copyOn(workers).open();
      Chunks.put(store, "a", 1000);
      String thread =
          store.contains(key("a")).map(_ -> Thread.currentThread().getName()).block(SOON);
      store.close().block(SOON);

      assertThat(thread).startsWith("mine-delivery-");
      assertThat(delivery.isDisposed()).isFalse();
      assertThat(workers.isDisposed()).isFalse();
    } finally {
      delivery.dispose();
      workers.dispose();
    }
  }

  @Test
  void deliverySchedulerThatItsOwnerDisposedKeepsNobodyWaiting() {
    Scheduler delivery = Schedulers.newParallel("mine-delivery", 1);
    ReactiveChunkStore store = stores.spec().deliverOn(delivery).open();
    Chunks.put(store, "a", 1000);

    delivery.dispose();

    assertThat(store.contains(key("a")).block(SOON)).isTrue();
    store.restoreAll(keys("a")).block(SOON).close();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void deviceThatFailsToCloseIsReportedAndTheRestGivenBack() {
    ClosingDevice device = new ClosingDevice();
    device.failToClose(new UnsupportedOperationException("not to be closed"));
    ReactiveChunkStore store = stores.spec().device(device).opening().block(SOON);
    stores.expectLog("close failed");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> store.close().block(SOON))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("could not give everything back")
          .hasRootCauseMessage("not to be closed");
    }
    assertThat(device.closed()).isEqualTo(1);
  }
}
