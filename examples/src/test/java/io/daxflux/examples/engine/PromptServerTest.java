package io.daxflux.examples.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.examples.engine.gguf.LlamaShape;
import io.daxflux.examples.engine.gguf.RandomModel;
import io.daxflux.examples.engine.llama.EngineHere;
import io.daxflux.examples.engine.llama.LlamaEngine;
import io.daxflux.examples.engine.llama.LlamaOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreStatus;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptServerTest {
  private static final int CHUNK_TOKENS = 64;
  private static final int CHUNKS = 12;
  private static final int ANSWER = 6;

  @TempDir static Path folder;
  private static LlamaEngine engine;

  private final Device device =
      Devices.open(DeviceOptions.of(DeviceOptions.MEMORY).withBytes(32L << 20));
  private final ReactiveChunkStore store =
      ReactiveChunkStore.builder(
              DaxfluxConfig.builder()
                  .devicePath(DaxfluxConfig.MEMORY)
                  .deviceBytes(32L << 20)
                  .outputBudgetBytes(8L << 20)
                  .verify(VerifyPolicy.ALWAYS)
                  .build())
          .device(() -> device)
          .open()
          .block();
  private PromptServer server;

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
  void open() {
    server = new PromptServer(engine, 1024);
  }

  @AfterEach
  void close() {
    server.close();
    assertThat(
            store
                .status()
                .filter(StoreStatus::isQuiet)
                .repeatWhenEmpty(100, turns -> turns.delayElements(Duration.ofMillis(10)))
                .block())
        .as("a store with nothing out")
        .isNotNull();
    store.close().block();
  }

  private static int[] prompt(int question) {
    return IntStream.range(0, CHUNKS * CHUNK_TOKENS + 10)
        .map(i -> i < CHUNKS * CHUNK_TOKENS ? 3 + i * 31 % 256 : 3 + (i + question) % 256)
        .toArray();
  }

  private record Answer(List<Integer> tokens, Timeline timeline) {}

  private Answer ask(int[] prompt, KvRoute route) {
    Timeline timeline = new Timeline();
    return new Answer(
        server.answer(prompt, ANSWER, route, timeline).collectList().block(), timeline);
  }

  private static void expectSame(Answer warm, Answer cold) {
    assertThat(warm.tokens).isEqualTo(cold.tokens).hasSize(ANSWER);
    assertThat(warm.timeline.firstLogits()).isEqualTo(cold.timeline.firstLogits()).isNotEmpty();
  }

  @Test
  void anotherQuestionAboutAStoredDocumentIsAnsweredAsIfAllWereComputed() {
    ask(prompt(1), KvRoute.NONE);
    assertThat(server.store(prompt(1), store).collectList().block())
        .hasSize(CHUNKS)
        .allMatch(PutOutcome::isKept);

    Answer cold = ask(prompt(2), KvRoute.NONE);
    Answer warm = ask(prompt(2), new PrefixRoute(store));

    expectSame(warm, cold);
    assertThat(warm.timeline.imports()).hasSize(CHUNKS);
    assertThat(cold.timeline.imports()).isEmpty();
  }

  @Test
  void theFirstChunksAreImportedBeforeTheLastOneIsRestored() {
    ask(prompt(1), KvRoute.NONE);
    server.store(prompt(1), store).blockLast();

    Timeline timeline = ask(prompt(2), new PrefixRoute(store)).timeline;

    assertThat(timeline.overlaps()).isTrue();
    assertThat(timeline.storageNs()).isLessThan(timeline.restoreNs());
    assertThat(timeline.restoreNs()).isLessThan(timeline.firstTokenNs());
  }

  @Test
  void aPromptOfWholeChunksComputesItsLastOne() {
    int[] whole = Arrays.copyOf(prompt(1), CHUNKS * CHUNK_TOKENS);
    Answer cold = ask(whole, KvRoute.NONE);
    server.store(whole, store).blockLast();

    Answer warm = ask(whole, new PrefixRoute(store));

    expectSame(warm, cold);
    assertThat(warm.timeline.imports()).hasSize(CHUNKS - 1);
  }

  @Test
  void aFlippedBitIsAMissAndTheAnswerIsStillRight() {
    Answer cold = ask(prompt(1), KvRoute.NONE);
    server.store(prompt(1), store).blockLast();
    try (BorrowedPrefix lent = store.borrowPrefix(server.reusable(prompt(1))).block()) {
      MemorySegment chunk = lent.chunks().get(3).segment();
      long at = chunk.address() - device.memory().address() + chunk.byteSize() / 2;
      byte bits = device.memory().get(ValueLayout.JAVA_BYTE, at);
      device.memory().set(ValueLayout.JAVA_BYTE, at, (byte) (bits ^ 1));
    }

    Answer warm = ask(prompt(1), new PrefixRoute(store));

    expectSame(warm, cold);
    assertThat(warm.timeline.imports()).hasSize(3);
  }

  @Test
  void withoutTheStoreAllIsComputed() {
    DaxfluxConfig config =
        DaxfluxConfig.builder().devicePath(DaxfluxConfig.MEMORY).deviceBytes(16L << 20).build();
    ReactiveChunkStore closed = ReactiveChunkStore.open(config).block();
    closed.close().block();

    Answer warm = ask(prompt(1), new PrefixRoute(closed));

    expectSame(warm, ask(prompt(1), KvRoute.NONE));
    assertThat(warm.timeline.imports()).isEmpty();
  }

  @Test
  void anAnswerThatNobodyWaitsForEnds() {
    Timeline timeline = new Timeline();
    assertThat(server.answer(prompt(1), 1 << 20, KvRoute.NONE, timeline).blockFirst()).isNotNull();
    expectSame(ask(prompt(2), KvRoute.NONE), ask(prompt(2), KvRoute.NONE));
  }
}
