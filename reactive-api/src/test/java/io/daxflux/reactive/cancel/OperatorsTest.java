package io.daxflux.reactive.cancel;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Cancels that operators bring about: deadlines, races, takers, and queues that are cut off. */
class OperatorsTest {
  private static final int CHUNKS = 8;

  @RegisterExtension final QuietStores stores = new QuietStores();

  private final CopyControl copies = new CopyControl();
  private ReactiveChunkStore store;

  @BeforeEach
  void open() {
    store = stores.spec().copies(copies).open();
    Chunks.putAll(store, chunksOf("c", CHUNKS, BLOCK));
  }

  /**
   * Operators that hold chunks which their subscriber has not asked for. Those that hand out
   * publishers ({@code window}, {@code groupBy}) discard nothing: they are no place for what must
   * be closed. And {@code publishOn} another thread can lose what it holds: where the cancel comes
   * before that thread has begun, its task is dropped, and the queue forgotten.
   */
  enum Queueing {
    PUBLISH_ON(chunks -> chunks.publishOn(Schedulers.immediate(), 4)),
    PREFETCHING_PUBLISH_ON(chunks -> chunks.publishOn(Schedulers.immediate())),
    BACKPRESSURE_BUFFER(Flux::onBackpressureBuffer),
    BUFFER(chunks -> chunks.concatWith(Flux.never()).buffer(CHUNKS + 1)),
    COLLECT_LIST(chunks -> chunks.concatWith(Flux.never()).collectList().flux()),
    LIMIT_RATE(chunks -> chunks.limitRate(3)),
    CONCAT_MAP(chunks -> chunks.concatMap(OperatorsTest::neverDone, 4)),
    ZIP(chunks -> chunks.zipWith(Flux.never())),
    FLAT_MAP(chunks -> chunks.flatMap(OperatorsTest::neverDone, 2, 2)),
    DELAY(chunks -> chunks.delayElements(Duration.ofHours(1)));

    private final Function<Flux<RestoredChunk>, Flux<?>> operator;

    Queueing(Function<Flux<RestoredChunk>, Flux<?>> operator) {
      this.operator = operator;
    }
  }

  /** It is the mapper's own chunk, and no operator's: it closes it itself. */
  private static Mono<Object> neverDone(RestoredChunk chunk) {
    return Mono.never().doFinally(_ -> chunk.close());
  }

  /**
   * Waits until no more chunks come: a cancel that meets one on its way into the queue is a race
   * that some operators lose.
   */
  private void awaitQueued() {
    int[] last = {0, 0};
    QuietStores.until(
        () -> {
          int out = QuietStores.statusOf(store).readers().handlesOut();
          last[1] = out > 0 && out == last[0] ? last[1] + 1 : 0;
          last[0] = out;
          return last[1] >= 5;
        },
        "chunks on their way");
  }

  @ParameterizedTest
  @EnumSource
  void chunksInAnOperatorsQueueAreDiscardedWithTheCancel(Queueing queueing) {
    Flux<?> restored = queueing.operator.apply(store.restorePrefix(keysOf("c", CHUNKS)));
    SlowSubscriber<?> subscriber =
        SlowSubscriber.to(restored.doOnDiscard(RestoredChunk.class, RestoredChunk::close), 1);
    awaitQueued();

    subscriber.cancel();

    QuietStores.awaitQuiet(store, subscriber::closeReceived);
  }

  @Test
  void deadlineCancelsARestoreAndItsMemoryIsBackWhenTheCopyIsOut() {
    VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    copies.hold();
    SlowSubscriber<RestoredBatch> restore =
        SlowSubscriber.to(
            store.restoreAll(keysOf("c", 2)).timeout(Duration.ofSeconds(1), clock), 1);
    copies.awaitHeld(1);

    clock.advanceTimeBy(Duration.ofSeconds(1));

    restore.awaitError(TimeoutException.class);
    var status = QuietStores.statusOf(store);
    assertThat(status.outputs().chunksOut()).as("the copy writes to them").isEqualTo(2);
    assertThat(status.readers().leases()).isEqualTo(2);
    copies.passAll();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void deadlineOfABlockingCallerCancelsItsRestore() {
    copies.hold();

    assertThatThrownBy(() -> store.restoreAll(keysOf("c", 2)).block(Duration.ofMillis(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Timeout");

    copies.passAll();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void deadlineCancelsAPutWhichIsNeverSeen() {
    VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    copies.hold();
    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(store.put(chunk("n", 100)).timeout(Duration.ofSeconds(1), clock), 1);
    copies.awaitHeld(1);

    clock.advanceTimeBy(Duration.ofSeconds(1));
    put.awaitError(TimeoutException.class);
    copies.passAll();
    QuietStores.awaitQuiet(store);

    assertThat(store.prefixLength(keys("n")).block(SOON)).isZero();
  }

  @Test
  void takerOfTheFirstChunksGivesTheRestBack() {
    store
        .restorePrefix(keysOf("c", CHUNKS))
        .doOnDiscard(RestoredChunk.class, RestoredChunk::close)
        .take(3)
        .doOnNext(RestoredChunk::close)
        .blockLast(SOON);

    QuietStores.awaitQuiet(store);
  }

  @Test
  void loserOfARaceIsCancelled() {
    copies.hold();

    String winner =
        Mono.firstWithSignal(
                store.restoreAll(keysOf("c", 2)).map(_ -> "restored"),
                store.contains(keys("c0").getFirst()).map(_ -> "looked up"))
            .block(SOON);

    assertThat(winner).isEqualTo("looked up");
    copies.passAll();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void requestThatIsOvertakenByTheNextIsCancelled() {
    TestPublisher<String> prompts = TestPublisher.create();
    copies.hold();
    SlowSubscriber<RestoredBatch> restores =
        SlowSubscriber.to(
            prompts
                .flux()
                .switchMap(name -> store.restoreAll(keys(name)))
                .doOnDiscard(RestoredBatch.class, RestoredBatch::close),
            Long.MAX_VALUE);
    prompts.next("c0");
    copies.awaitHeld(1);
    prompts.next("c1");
    copies.passAll();

    try (RestoredBatch batch = restores.next()) {
      assertThat(batch.hits().getFirst().key()).isEqualTo(keys("c1").getFirst());
    }
    prompts.complete();
    restores.awaitComplete();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void errorBesideARestoreCancelsIt() {
    copies.hold();
    SlowSubscriber<?> both =
        SlowSubscriber.to(
            Flux.zip(
                    store.restorePrefix(keysOf("c", CHUNKS)),
                    Flux.error(new IllegalStateException("beside it")))
                .doOnDiscard(RestoredChunk.class, RestoredChunk::close),
            1);

    both.awaitError(IllegalStateException.class);
    copies.passAll();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void mapperThatThrowsCancelsTheStream() {
    SlowSubscriber<?> mapped =
        SlowSubscriber.to(
            store
                .restorePrefix(keysOf("c", CHUNKS))
                .map(
                    chunk -> {
                      chunk.close();
                      throw new IllegalStateException("in the mapper");
                    }),
            CHUNKS);

    mapped.awaitError(IllegalStateException.class);
    QuietStores.awaitQuiet(store);
  }
}
