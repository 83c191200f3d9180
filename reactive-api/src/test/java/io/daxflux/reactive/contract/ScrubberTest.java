package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.VerifyPolicy;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.DeviceTap;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreEvent.Corrupted;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Chunks that are verified though nobody asks for them. */
class ScrubberTest extends StoreContract {
  private static final int CHUNKS = 8;

  /** One block every second. */
  private static final long RATE = BLOCK;

  private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
  private final DeviceTap tap = new DeviceTap();

  @Test
  void damageIsFoundWithoutARequest() {
    ReactiveChunkStore store = scrubbing().open();
    Chunks.putAll(store, chunksOf("c", CHUNKS, BLOCK));
    // It was read once, and is not looked at by restores any more.
    store.restoreAll(keysOf("c", CHUNKS)).block(SOON).close();
    SlowSubscriber<StoreEvent> events = SlowSubscriber.to(store.events(), Long.MAX_VALUE);
    tap.corrupt("c5", BLOCK);

    QuietStores.until(
        () -> {
          clock.advanceTimeBy(Duration.ofMillis(500));
          return QuietStores.statusOf(store).counters().corrupt() > 0;
        },
        "the damage found");

    assertThat(events.next()).isEqualTo(new Corrupted(key("c5"), BLOCK));
    assertThat(present(store, "c4", "c5", "c6")).containsExactly("c4", "c6");
    assertThat(QuietStores.statusOf(store).arena().quarantinedBytes()).isEqualTo(BLOCK);
    assertThat(QuietStores.statusOf(store).counters().misses()).isZero();
  }

  @Test
  void scrubbingKeepsToItsPace() {
    ReactiveChunkStore store = scrubbing().open();
    Chunks.putAll(store, chunksOf("c", CHUNKS, BLOCK));

    for (int chunk = 1; chunk <= CHUNKS; chunk++) {
      clock.advanceTimeBy(Duration.ofSeconds(1));
      awaitScrubbed(store, chunk);
    }
  }

  @Test
  void scrubbingGoesRoundAndRound() {
    ReactiveChunkStore store = scrubbing().open();
    Chunks.putAll(store, chunksOf("c", CHUNKS, BLOCK));

    QuietStores.until(
        () -> {
          clock.advanceTimeBy(Duration.ofSeconds(1));
          return scrubbed(store) > 3 * CHUNKS * RATE;
        },
        "the third round over");
  }

  @Test
  void nothingIsScrubbedWithinThePause() {
    ReactiveChunkStore store = scrubbing().open();
    Chunks.putAll(store, chunksOf("c", CHUNKS, BLOCK));
    clock.advanceTimeBy(Duration.ofSeconds(1));
    awaitScrubbed(store, 1);

    clock.advanceTimeBy(Duration.ofMillis(999));

    QuietStores.statusOf(store);
    QuietStores.awaitQuiet(store);
    assertThat(scrubbed(store)).isEqualTo(RATE);
  }

  @Test
  void scrubbingIsNoUseOfAChunk() {
    ReactiveChunkStore store = scrubbing().arena(2 * BLOCK).open();
    Chunks.put(store, "c0", BLOCK);
    Chunks.put(store, "c1", BLOCK);
    clock.advanceTimeBy(Duration.ofSeconds(1));
    awaitScrubbed(store, 1);
    QuietStores.awaitQuiet(store);

    Chunks.put(store, "n", BLOCK);

    assertThat(present(store, "c0", "c1")).containsExactly("c1");
  }

  @Test
  void scrubbedChunkNeedsNoVerificationOnItsFirstRead() {
    ReactiveChunkStore store =
        scrubbing().with(options -> options.verify(VerifyPolicy.FIRST_READ)).open();
    Chunks.put(store, "a", BLOCK);
    clock.advanceTimeBy(Duration.ofSeconds(1));
    awaitScrubbed(store, 1);

    tap.corrupt("a", BLOCK);

    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertThat(batch.hits()).hasSize(1);
    }
  }

  @Test
  void smallValuesAreScrubbed() {
    ReactiveChunkStore store = scrubbing().open();
    Chunks.putAll(store, chunksOf("v", 3, 100));
    tap.corrupt("v1", 100);

    QuietStores.until(
        () -> {
          clock.advanceTimeBy(Duration.ofSeconds(1));
          return QuietStores.statusOf(store).counters().corrupt() > 0;
        },
        "the damage found");

    assertThat(present(store, "v0", "v1", "v2")).containsExactly("v0", "v2");
  }

  @NotRemote(NotRemote.PUT_AS_BY_WRITERS)
  @Test
  void nothingIsScrubbedWithoutBeingAskedFor() {
    ReactiveChunkStore store = spec().device(tap).keepTimeOn(clock).open();
    Chunks.putAll(store, chunksOf("c", CHUNKS, BLOCK));

    clock.advanceTimeBy(Duration.ofHours(1));

    assertThat(scrubbed(store)).isZero();
    assertThat(clock.getScheduledTaskCount()).isZero();
  }

  @Test
  void scrubbingEndsWithTheClose() {
    ReactiveChunkStore store = scrubbing().open();
    Chunks.putAll(store, chunksOf("c", CHUNKS, BLOCK));
    clock.advanceTimeBy(Duration.ofSeconds(1));
    awaitScrubbed(store, 1);

    store.close().block(SOON);

    clock.advanceTimeBy(Duration.ofHours(1));
  }

  private StoreSpec scrubbing() {
    return spec().device(tap).keepTimeOn(clock).with(options -> options.scrubBytesPerSecond(RATE));
  }

  /** It waits for its time again then: the scrubber asks for no more before. */
  private void awaitScrubbed(ReactiveChunkStore store, int chunks) {
    QuietStores.until(
        () -> scrubbed(store) >= chunks * RATE && clock.getScheduledTaskCount() > 0,
        chunks + " chunks scrubbed");
    assertThat(scrubbed(store)).isEqualTo(chunks * RATE);
  }

  private static long scrubbed(ReactiveChunkStore store) {
    return QuietStores.statusOf(store).counters().scrubbedBytes();
  }
}
