package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StalledThread;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreException.Category;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Refusals that are typed and say what to do, and threads that may and may not wait. */
class LimitsTest extends StoreContract {
  @Test
  void requestThatNamesTooManyKeysIsRefusedByName() {
    ReactiveChunkStore store = spec().with(config -> config.maxRequestKeys(3)).open();
    Chunks.putAll(store, chunksOf("c", 3, 10));
    assertThat(store.prefixLength(keysOf("c", 3)).block(SOON)).isEqualTo(3);

    requestsFor(store, keysOf("c", 4))
        .forEach(
            (name, request) ->
                assertThatThrownBy(() -> Flux.from(request).blockLast(SOON))
                    .as(name)
                    .isInstanceOfSatisfying(
                        RequestTooLargeException.class,
                        refusal -> {
                          assertThat(refusal.category()).isEqualTo(Category.ASK_LESS);
                          assertThat(refusal.keys()).isEqualTo(4);
                          assertThat(refusal.limit()).isEqualTo(3);
                        })
                    .hasMessage(
                        "request: expected at most 3 keys (dax.max_request_keys), found 4"));
  }

  @Test
  void streamOfPutsMayBeLongerThanOneRequest() {
    ReactiveChunkStore store = spec().with(config -> config.maxRequestKeys(1)).open();

    store.putAll(Flux.fromIterable(chunksOf("c", 5, 10)), PutMode.REPLACE).blockLast(SOON);

    assertThat(present(store, "c0", "c4")).containsExactly("c0", "c4");
  }

  @Test
  void fullRingRefusesEveryKindOfRequestAndServesThemLater() throws InterruptedException {
    StalledThread stalled = new StalledThread();
    ReactiveChunkStore store = spec().stalledBy(stalled).with(config -> config.ringSlots(2)).open();
    Chunks.put(store, "c0", 10);
    try (var _ = stalled.stall(store)) {
      SlowSubscriber<Boolean> queued = SlowSubscriber.to(store.contains(key("c0")), 1);

      requestsFor(store, keys("c0"))
          .forEach(
              (name, request) ->
                  assertThatThrownBy(() -> Flux.from(request).blockLast(SOON))
                      .as(name)
                      .isInstanceOfSatisfying(
                          BusyException.class,
                          refusal -> assertThat(refusal.category()).isEqualTo(Category.RETRY))
                      .hasMessage(
                          "store busy: expected a free slot among the 2 of the ring, found none"));
      assertThat(put(store, chunk("n", 1)))
          .isEqualTo(new PutOutcome.Refused(key("n"), PutOutcome.Refused.Reason.BUSY));
      stalled.close();
      assertThat(queued.next()).isTrue();
    }
    QuietStores.awaitQuiet(store);
    assertRestores(store, 10, "c0");
  }

  @Test
  void whatIsGivenBackIsTakenBackThoughTheRingIsFull() throws InterruptedException {
    StalledThread stalled = new StalledThread();
    ReactiveChunkStore store = spec().stalledBy(stalled).with(config -> config.ringSlots(2)).open();
    Chunks.put(store, "a", 10);
    RestoredChunk chunk = store.restorePrefix(keys("a")).blockLast(SOON);
    var borrowed = store.borrowPrefix(keys("a")).block(SOON);
    var pinned = store.pinPrefix(keys("a")).block(SOON);
    try (var _ = stalled.stall(store)) {
      SlowSubscriber.to(store.contains(key("a")), 1);
      assertThatThrownBy(() -> store.contains(key("a")).block(SOON))
          .isInstanceOf(BusyException.class);
      chunk.close();
      borrowed.close();
      pinned.close();
    }
    QuietStores.awaitQuiet(store);
  }

  private static Map<String, Publisher<?>> requestsFor(
      ReactiveChunkStore store, List<ChunkKey> keys) {
    List<MemorySegment> outputs =
        keys.stream().map(_ -> MemorySegment.ofArray(new byte[10])).toList();
    return Map.of(
        "restorePrefix", store.restorePrefix(keys),
        "explainPrefix", store.explainPrefix(keys),
        "restoreAll", store.restoreAll(keys),
        "restoreInto", store.restoreInto(keys, outputs),
        "borrowPrefix", store.borrowPrefix(keys),
        "pinPrefix", store.pinPrefix(keys),
        "prefixLength", store.prefixLength(keys));
  }

  @Test
  void waitingOnNonBlockingThreadFailsByName() {
    ReactiveChunkStore store = open();

    Throwable refusal =
        Mono.fromCallable(() -> store.restoreAll(keys("a")).block(SOON))
            .subscribeOn(Schedulers.parallel())
            .materialize()
            .block(SOON)
            .getThrowable();
    assertThat(refusal)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("blocking, which is not supported in thread parallel-");
    assertThat(store.status().map(_ -> store.contains(key("a")).block(SOON)).toFuture())
        .failsWithin(SOON)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("not supported in thread daxflux-delivery-");
  }

  @Test
  void waitingOnVirtualThreadWorks() throws Exception {
    ReactiveChunkStore store = open();
    FutureTask<Integer> work =
        new FutureTask<>(
            () -> {
              Chunks.putAll(store, chunksOf("c", 20, 5000));
              assertRestores(store, 5000, "c0", "c19");
              return store.prefixLength(keysOf("c", 20)).block(SOON);
            });

    Thread.ofVirtual().start(work);

    assertThat(work.get()).isEqualTo(20);
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void signalsComeOnDeliveryThreadsAndPayloadIsCopiedOnCopyThreads() {
    List<String> copying = new CopyOnWriteArrayList<>();
    CopyControl copies = new CopyControl();
    copies.atBegin(_ -> copying.add(Thread.currentThread().getName()));
    ReactiveChunkStore store = spec().copies(copies).open();
    Chunks.put(store, "a", 5000);

    String delivering =
        store
            .restorePrefix(keys("a"))
            .map(
                chunk -> {
                  chunk.close();
                  return Thread.currentThread().getName();
                })
            .blockLast(SOON);

    assertThat(delivering).startsWith("daxflux-delivery-");
    assertThat(copying).hasSize(2).allMatch(name -> name.startsWith("daxflux-copy-"));
  }
}
