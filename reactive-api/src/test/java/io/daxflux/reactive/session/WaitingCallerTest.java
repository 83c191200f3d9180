package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Whose thread copies for a request, and is told: the caller's where it would only wait. */
class WaitingCallerTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  private final Set<Thread> copiers = ConcurrentHashMap.newKeySet();
  private final Thread me = Thread.currentThread();

  @Test
  void callerWhoBlocksCopiesASmallHitItself() {
    ReactiveChunkStore store = storeWith("a");

    restored(store.restoreAll(List.of(key("a"))));

    assertThat(copiers).containsExactly(me);
  }

  @Test
  void callerWhoBlocksBehindOperatorsIsToldWhereItStands() {
    ReactiveChunkStore store = storeWith("a");
    AtomicReference<Thread> told = new AtomicReference<>();

    restored(
        store
            .restoreAll(List.of(key("a")))
            .doOnNext(_ -> told.set(Thread.currentThread()))
            .filter(_ -> true));

    assertThat(told).hasValue(me);
  }

  @Test
  void subscriberThatNobodyWaitsForIsNeverToldOnItsOwnThread() {
    ReactiveChunkStore store = storeWith("a");
    AtomicReference<Thread> told = new AtomicReference<>();

    // The sink is what is waited for: its subscriber is no latch.
    Mono.<RestoredBatch>create(
            sink ->
                store
                    .restoreAll(List.of(key("a")))
                    .doOnNext(_ -> told.set(Thread.currentThread()))
                    .subscribe(sink::success, sink::error))
        .blockOptional(SOON)
        .orElseThrow()
        .close();

    assertThat(told.get().getName()).startsWith("daxflux-delivery");
    assertThat(copiers).doesNotContain(me);
  }

  @Test
  void callerThatMustNotBlockDoesNotCopy() {
    ReactiveChunkStore store = storeWith("a");
    Scheduler parallel = Schedulers.newParallel("must-not-block", 1);
    try {
      restored(store.restoreAll(List.of(key("a"))).subscribeOn(parallel));
    } finally {
      parallel.dispose();
    }

    assertThat(copiers).isNotEmpty().noneMatch(copier -> copier.getName().startsWith("must-not"));
  }

  @Test
  void whereTheBuilderNamesWhoIsToldCallersAreNot() {
    Scheduler chosen = Schedulers.newSingle("chosen");
    try {
      AtomicReference<Thread> told = new AtomicReference<>();
      ReactiveChunkStore store = spec().deliverOn(chosen).open();
      put(store, "a");

      restored(store.restoreAll(List.of(key("a"))).doOnNext(_ -> told.set(Thread.currentThread())));

      assertThat(told.get().getName()).startsWith("chosen");
      assertThat(copiers).doesNotContain(me);
      store.close().block(SOON);
    } finally {
      chosen.dispose();
    }
  }

  @Test
  void callerAndWorkersShareWhatIsLarger() {
    ReactiveChunkStore store = spec().arena(8 << 20).outputs(8 << 20).open();
    List<ChunkKey> keys = keysOf("a", 64);
    Chunks.putAll(store, keys.stream().map(key -> Chunks.chunk(key, 64 << 10)).toList());

    // Who is first is not ours to say; the bytes are right whoever it was.
    for (int round = 0; round < 50; round++) {
      try (RestoredBatch batch = store.restoreAll(keys).block(SOON)) {
        assertThat(batch.hits())
            .hasSize(64)
            .allSatisfy(
                hit ->
                    assertThat(hit.segment().toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(Chunks.bytesOf(hit.key(), 64 << 10)));
      }
    }
    assertThat(copiers).contains(me);
  }

  @Test
  void callersWhoWaitAtTheSameTimeAllGetTheirOwn() {
    ReactiveChunkStore store = storeWith("a", "b", "c");

    List.of("a", "b", "c").parallelStream()
        .forEach(
            name -> {
              for (int round = 0; round < 200; round++) {
                try (RestoredBatch batch = store.restoreAll(List.of(key(name))).block(SOON)) {
                  assertThat(batch.hits())
                      .singleElement()
                      .matches(hit -> hit.key().equals(key(name)));
                }
              }
            });
  }

  private StoreSpec spec() {
    return stores.spec().tellCopier(copiers::add);
  }

  private ReactiveChunkStore storeWith(String... names) {
    ReactiveChunkStore store = spec().open();
    for (String name : names) {
      put(store, name);
    }
    return store;
  }

  private void put(ReactiveChunkStore store, String name) {
    Chunks.put(store, name, 5000);
    copiers.clear();
  }

  private static void restored(Mono<RestoredBatch> restore) {
    RestoredBatch batch = restore.block(SOON);
    assertThat(batch.hits()).hasSize(1);
    batch.close();
  }
}
