package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SMALL;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StalledThread;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Payload goes back to its owner once, and no earlier than the last worker has left it. */
class ReleaseHookTest extends StoreContract {
  private final List<AtomicInteger> hooks = new ArrayList<>();

  /** After each of these tests every payload that was handed over is back. */
  @AfterEach
  void everyPayloadIsBackOnce() {
    QuietStores.until(() -> hooks.stream().allMatch(hook -> hook.get() >= 1), "payload back");
    assertThat(hooks).allMatch(hook -> hook.get() == 1);
  }

  @Test
  void afterEachOutcome() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.put(store, "here", SMALL);
    try (var _ = store.pinPrefix(keys("here")).block(SOON)) {
      List<PutOutcome> outcomes =
          put(
              store,
              PutMode.KEEP_EXISTING,
              owned("here", SMALL),
              owned("large", 3 * BLOCK),
              owned("wide", 2 * BLOCK),
              owned("empty", 0),
              owned("empty", 0));
      assertThat(outcomes.stream().map(outcome -> outcome.getClass().getSimpleName()))
          .containsExactly("AlreadyPresent", "TooLarge", "NoSpace", "Stored", "AlreadyPresent");
    }
  }

  @Test
  void afterEachOfAStream() {
    open()
        .putAll(Flux.range(0, 20).map(i -> owned("c" + i, 1000)), PutMode.REPLACE)
        .blockLast(SOON);
  }

  @NotRemote(NotRemote.TOLD_WHEN_COMMITTED)
  @Test
  void afterAcceptedPutIsWritten() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).with(config -> config.asyncPut(true)).open();
    copies.hold();

    put(store, owned("a", 100));

    assertThat(hooks.getFirst()).hasValue(0);
    copies.passAll();
  }

  @NotRemote("payload is given back as soon as it has left for the server")
  @Test
  void afterCancelWhenTheLastRegionIsOut() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    copies.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(owned("a", 100)), 1);
    copies.awaitHeld(1);

    put.cancel();
    assertThat(present(store, "a")).as("the cancel is handled by now").isEmpty();

    assertThat(hooks.getFirst()).hasValue(0);
    copies.passAll();
  }

  @Test
  void afterCancelBeforeAnyDemand() {
    SlowSubscriber.to(open().put(owned("a", 100))).cancel();
  }

  @Test
  void afterRefusalOfFullRing() throws InterruptedException {
    StalledThread stalled = new StalledThread();
    ReactiveChunkStore store = spec().stalledBy(stalled).with(config -> config.ringSlots(1)).open();
    try (var _ = stalled.stall(store)) {
      SlowSubscriber.to(store.contains(key("a")), 1);
      assertThat(put(store, PutMode.REPLACE, owned("a", 100), owned("b", 100)))
          .containsExactly(
              new PutOutcome.Refused(key("a"), PutOutcome.Refused.Reason.BUSY),
              new PutOutcome.Refused(key("b"), PutOutcome.Refused.Reason.BUSY));
    }
  }

  @Test
  void afterRefusalOfClosedStore() {
    ReactiveChunkStore store = open();
    store.close().block(SOON);

    assertThat(put(store, owned("a", 100)))
        .isEqualTo(new PutOutcome.Refused(key("a"), PutOutcome.Refused.Reason.CLOSING));
  }

  @Test
  void afterRequestThatIsTooLarge() {
    ReactiveChunkStore store = spec().with(config -> config.maxRequestKeys(1)).open();

    assertThatThrownBy(() -> put(store, PutMode.REPLACE, owned("a", 1), owned("b", 1)))
        .isInstanceOf(RequestTooLargeException.class);
  }

  @Test
  void ofOutputsAfterEachRestoreInto() {
    ReactiveChunkStore store = spec().with(config -> config.maxRequestKeys(2)).open();
    Chunks.put(store, "a", 5000);
    MemorySegment small = MemorySegment.ofArray(new byte[1]);
    MemorySegment output = MemorySegment.ofArray(new byte[5000]);

    store.restoreInto(keys("a"), List.of(output), hook()).block(SOON);
    store.restoreInto(keys("a"), List.of(small), hook()).block(SOON);
    store.restoreInto(keys("absent"), List.of(small), hook()).block(SOON);
    store.restoreInto(List.of(), List.of(), hook()).block(SOON);
    SlowSubscriber.to(store.restoreInto(keys("a"), List.of(output), hook())).cancel();
    assertThatThrownBy(
            () ->
                store
                    .restoreInto(keys("a", "b", "c"), List.of(small, small, small), hook())
                    .block(SOON))
        .isInstanceOf(RequestTooLargeException.class);
    store.close().block(SOON);
    assertThatThrownBy(() -> store.restoreInto(keys("a"), List.of(output), hook()).block(SOON))
        .hasMessageContaining("store closed");
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void ofOutputsAfterCancelWhenTheLastRegionIsOut() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    Chunks.put(store, "a", 5000);
    copies.hold();
    MemorySegment output = MemorySegment.ofArray(new byte[5000]);
    var restore = SlowSubscriber.to(store.restoreInto(keys("a"), List.of(output), hook()), 1);
    copies.awaitHeld(1);

    restore.cancel();
    assertThat(present(store, "a")).as("the cancel is handled by now").containsExactly("a");

    assertThat(hooks.getFirst()).hasValue(0);
    copies.passAll();
  }

  @Test
  void chunkWithAHookIsPutOnceForItsPayloadIsGoneAfterIt() {
    ReactiveChunkStore store = open();
    Chunk once = owned("a", 100);
    var put = store.putAll(List.of(once), PutMode.REPLACE);
    put.blockLast(SOON);

    assertThatThrownBy(() -> put.blockLast(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected chunks that were not put before");
    assertThatThrownBy(() -> put(store, PutMode.REPLACE, owned("b", 100), once, owned("c", 100)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(present(store, "b", "c")).isEmpty();
    hooks.removeLast();
  }

  @Test
  void chunkWithoutAHookMayBePutAgain() {
    ReactiveChunkStore store = open();
    var put = store.putAll(List.of(Chunks.chunk("a", 100)), PutMode.REPLACE);

    put.blockLast(SOON);
    put.blockLast(SOON);

    assertRestores(store, 100, "a");
  }

  @Test
  void restoreIntoWithAHookIsMadeOnceForItsOutputsAreGoneAfterIt() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 100);
    List<MemorySegment> outputs = List.of(MemorySegment.ofArray(new byte[100]));
    var once = store.restoreInto(keys("a"), outputs, hook());
    var again = store.restoreInto(keys("a"), outputs);

    once.block(SOON);
    again.block(SOON);
    again.block(SOON);

    assertThatThrownBy(() -> once.block(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected one subscriber");
  }

  private Runnable hook() {
    AtomicInteger count = new AtomicInteger();
    hooks.add(count);
    return count::incrementAndGet;
  }

  private Chunk owned(String name, int length) {
    return Chunk.builder(key(name), ChunkLayout.blob(length))
        .payload(MemorySegment.ofArray(bytesOf(name, length)))
        .onRelease(hook())
        .build();
  }
}
