package io.daxflux.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.examples.engine.KvRoute;
import io.daxflux.examples.engine.PrefixRoute;
import io.daxflux.examples.engine.PromptServer;
import io.daxflux.examples.engine.Timeline;
import io.daxflux.examples.engine.gguf.LlamaShape;
import io.daxflux.examples.engine.gguf.RandomModel;
import io.daxflux.examples.engine.llama.EngineHere;
import io.daxflux.examples.engine.llama.LlamaEngine;
import io.daxflux.examples.engine.llama.LlamaOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class RecipesTest {
  private static final int CHUNK_TOKENS = 64;
  private static final int CHUNKS = 3;
  private static final int ANSWER = 3;

  @TempDir static Path folder;
  private static LlamaEngine engine;

  private final int[] prompt =
      IntStream.range(0, CHUNKS * CHUNK_TOKENS + 5).map(i -> 3 + i * 31 % 256).toArray();
  private ReactiveChunkStore store;
  private PromptServer server;
  private List<ChunkKey> keys;
  private List<Integer> computed;

  @BeforeAll
  static void load() throws IOException {
    EngineHere.expect();
    Path gguf = RandomModel.in(folder, LlamaShape.named("3m"), 1);
    engine = LlamaEngine.open(gguf, CHUNK_TOKENS, LlamaOptions.DEFAULT);
  }

  @AfterAll
  static void unload() {
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void storeAPrompt() {
    store =
        ReactiveChunkStore.open(
                DaxfluxConfig.builder()
                    .devicePath(DaxfluxConfig.MEMORY)
                    .deviceBytes(16L << 20)
                    .outputBudgetBytes(8L << 20)
                    .build())
            .block();
    server = new PromptServer(engine, 512);
    keys = server.reusable(prompt);
    computed = answer(KvRoute.NONE, new Timeline()).collectList().block();
    server.store(prompt, store).blockLast();
  }

  @AfterEach
  void nothingIsOut() {
    server.close();
    await(StoreStatus::isQuiet);
    store.close().block();
  }

  private Flux<Integer> answer(KvRoute route, Timeline timeline) {
    return server.answer(prompt, ANSWER, route, timeline);
  }

  private void await(Predicate<StoreStatus> expected) {
    assertThat(
            store
                .status()
                .filter(expected)
                .repeatWhenEmpty(500, turns -> turns.delayElements(Duration.ofMillis(10)))
                .block())
        .isNotNull();
  }

  @Test
  void aPrefetchedPrefixIsImportedInTurn() {
    Timeline timeline = new Timeline();
    List<RestoredChunk> chunks = Recipes.prefetch(store, keys).block();
    assertThat(chunks).hasSize(CHUNKS);

    assertThat(answer(Recipes.prefetched(chunks), timeline).collectList().block())
        .isEqualTo(computed);
    assertThat(timeline.imports()).hasSize(CHUNKS);
  }

  @Test
  void anAnswerWhoseClientIsGoneEnds() {
    Sinks.Empty<Void> gone = Sinks.empty();
    List<Integer> seen = new ArrayList<>();
    Flux<Integer> endless = server.answer(prompt, 1 << 20, new PrefixRoute(store), new Timeline());

    Recipes.untilGone(endless, gone.asMono())
        .doOnNext(
            token -> {
              seen.add(token);
              if (seen.size() == ANSWER) {
                gone.tryEmitEmpty();
              }
            })
        .blockLast();

    assertThat(seen).isEqualTo(computed);
  }

  @Test
  void whatDoesNotComeInTimeIsComputed() {
    for (Duration deadline : List.of(Duration.ZERO, Duration.ofMinutes(1))) {
      Timeline timeline = new Timeline();
      KvRoute route = new PrefixRoute(wanted -> Recipes.within(deadline, store, wanted));

      assertThat(answer(route, timeline).collectList().block()).isEqualTo(computed);
      assertThat(timeline.imports()).hasSize(deadline.isZero() ? 0 : CHUNKS);
    }
  }

  @Test
  void chunksArePinnedAsLongAsTheAnswerTakes() {
    List<Integer> pinned = new ArrayList<>();
    Mono<Integer> pins = store.status().map(status -> status.readers().pinnedChunks());

    List<Integer> tokens =
        Recipes.pinned(
                store,
                keys,
                answer(new PrefixRoute(store), new Timeline())
                    .delayUntil(_ -> pins.doOnNext(pinned::add)))
            .collectList()
            .block();

    assertThat(tokens).isEqualTo(computed);
    assertThat(pinned).hasSize(ANSWER).allMatch(count -> count > 0);
    await(status -> status.readers().pinnedChunks() == 0);
  }
}
