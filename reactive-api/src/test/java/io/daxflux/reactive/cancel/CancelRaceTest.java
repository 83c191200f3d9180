package io.daxflux.reactive.cancel;

import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.util.RaceTestUtils;

/**
 * Cancels at a moment that real threads choose. What each order must come to is proven step by step
 * elsewhere; this looks for what only real threads do.
 */
class CancelRaceTest {
  private static final List<ChunkKey> KEYS = keysOf("c", 4);

  @RegisterExtension final QuietStores stores = new QuietStores();

  /** Requests to be cancelled while they are on their way. */
  enum Request {
    PREFIX((store, _) -> store.restorePrefix(KEYS)),
    EXPLAINED_PREFIX((store, _) -> store.explainPrefix(KEYS)),
    BATCH((store, _) -> store.restoreAll(KEYS)),
    INTO((store, given) -> store.restoreInto(KEYS, outputs(), given.handOver()::incrementAndGet)),
    BORROW((store, _) -> store.borrowPrefix(KEYS)),
    PIN((store, _) -> store.pinPrefix(KEYS)),
    STATUS((store, _) -> store.status()),
    EVENTS((store, _) -> store.events()),
    PUT((store, given) -> store.putAll(given.chunks(), PutMode.REPLACE)),
    PUT_STREAM((store, given) -> store.putAll(Flux.fromIterable(given.chunks()), PutMode.REPLACE));

    private final BiFunction<ReactiveChunkStore, Given, Publisher<?>> request;

    Request(BiFunction<ReactiveChunkStore, Given, Publisher<?>> request) {
      this.request = request;
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelThatRacesTheRequestLeavesNothing(Request request) {
    race(request, 100);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void cancelThatRacesTheRequestLeavesNothingEver(Request request) {
    race(request, 100_000);
  }

  private void race(Request request, int times) {
    ReactiveChunkStore store = stores.open();
    Chunks.putAll(store, chunksOf("c", 4, 5000));
    Given given = new Given();
    for (int i = 0; i < times; i++) {
      SlowSubscriber<?> subscriber = SlowSubscriber.to(request.request.apply(store, given));
      if (i % 2 == 0) {
        RaceTestUtils.race(() -> subscriber.request(10), subscriber::cancel);
      } else {
        subscriber.request(10);
        spin(i);
        subscriber.cancel();
      }
      QuietStores.awaitQuiet(store, subscriber::closeReceived);
    }
    QuietStores.until(given::isAllBack, "all that was handed over, back");
    given.assertBackOnce();
  }

  /** A little longer with each round, so that the cancel comes later and later. */
  private static void spin(int round) {
    long until = System.nanoTime() + round * 1000L % 100_000;
    while (System.nanoTime() < until) {
      continue;
    }
  }

  private static List<MemorySegment> outputs() {
    return KEYS.stream().map(_ -> MemorySegment.ofArray(new byte[5000])).toList();
  }

  /** What was handed over to requests, each with a count of how often it came back. */
  private static final class Given {
    private final List<AtomicInteger> counts = new ArrayList<>();

    AtomicInteger handOver() {
      AtomicInteger count = new AtomicInteger();
      counts.add(count);
      return count;
    }

    List<Chunk> chunks() {
      return List.of(owned("c0"), chunk("c1", 5000), owned("n0"), owned("n0"));
    }

    private Chunk owned(String name) {
      return Chunk.builder(key(name), ChunkLayout.blob(5000))
          .payload(MemorySegment.ofArray(bytesOf(name, 5000)))
          .onRelease(handOver()::incrementAndGet)
          .build();
    }

    boolean isAllBack() {
      return counts.stream().allMatch(count -> count.get() >= 1);
    }

    void assertBackOnce() {
      assertThat(counts).allMatch(count -> count.get() == 1);
    }
  }
}
