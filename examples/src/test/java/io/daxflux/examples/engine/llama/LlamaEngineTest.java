package io.daxflux.examples.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.examples.engine.EngineSession;
import io.daxflux.examples.engine.EngineUnavailableException;
import io.daxflux.examples.engine.gguf.LlamaShape;
import io.daxflux.examples.engine.gguf.RandomModel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaEngineTest {
  private static final int CHUNK_TOKENS = 256;
  private static final int PROMPT_TOKENS = 2 * CHUNK_TOKENS + 20;

  @TempDir static Path folder;
  private static LlamaEngine engine;
  private static int[] prompt;

  @BeforeAll
  static void open() throws IOException {
    EngineHere.expect();
    Path gguf = RandomModel.in(folder, LlamaShape.named("3m"), 1);
    engine = LlamaEngine.open(gguf, CHUNK_TOKENS, LlamaOptions.DEFAULT);
    prompt = IntStream.range(0, PROMPT_TOKENS).map(i -> 3 + i * 31 % 256).toArray();
  }

  @AfterAll
  static void close() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void importedChunksGiveTheVeryLogitsThatComputedOnesGive() {
    try (Arena arena = Arena.ofShared();
        EngineSession cold = engine.openSession(1024);
        EngineSession warm = engine.openSession(1024)) {
      prefill(cold);
      List<MemorySegment> chunks = export(cold, arena);

      chunks.forEach(chunk -> assertThat(warm.importChunk(chunk)).isTrue());
      assertThat(warm.position()).isEqualTo(2 * CHUNK_TOKENS);
      prefill(warm);

      assertThat(warm.logits()).isEqualTo(cold.logits());
      for (int token = 3; token < 8; token++) {
        cold.append(token);
        warm.append(token);
        assertThat(warm.logits()).isEqualTo(cold.logits());
      }
    }
  }

  @Test
  void oneFlippedBitIsSeenInTheLogits() {
    try (Arena arena = Arena.ofShared();
        EngineSession cold = engine.openSession(1024);
        EngineSession warm = engine.openSession(1024)) {
      prefill(cold);
      List<MemorySegment> chunks = export(cold, arena);
      MemorySegment first = chunks.getFirst();
      long at = first.byteSize() / 4 | 1; // the high half of an element: a bit of its exponent
      first.set(ValueLayout.JAVA_BYTE, at, (byte) (first.get(ValueLayout.JAVA_BYTE, at) ^ 0x20));

      chunks.forEach(warm::importChunk);
      prefill(warm);

      assertThat(warm.logits()).isNotEqualTo(cold.logits());
    }
  }

  @Test
  void aTruncatedChunkIsRefusedAndTheSessionIsAsItWas() {
    try (Arena arena = Arena.ofShared();
        EngineSession cold = engine.openSession(1024);
        EngineSession warm = engine.openSession(1024)) {
      prefill(cold);
      List<MemorySegment> chunks = export(cold, arena);

      assertThat(warm.importChunk(chunks.getFirst())).isTrue();
      assertThat(warm.importChunk(chunks.get(1).asSlice(0, chunks.get(1).byteSize() / 2)))
          .isFalse();
      assertThat(warm.position()).isEqualTo(CHUNK_TOKENS);
      prefill(warm);

      assertThat(warm.logits()).isEqualTo(cold.logits());
    }
  }

  @Test
  void sessionsThatComputeAtTheSameTimeDoNotSpoilEachOther() throws Exception {
    float[] alone = computed();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        together.add(threads.submit(LlamaEngineTest::computed));
      }
      for (Future<float[]> logits : together) {
        assertThat(logits.get()).isEqualTo(alone);
      }
    }
  }

  private static float[] computed() {
    try (EngineSession session = engine.openSession(1024)) {
      prefill(session);
      return session.logits();
    }
  }

  @Test
  void aClearedSessionServesTheNextPrompt() {
    try (EngineSession session = engine.openSession(1024)) {
      prefill(session);
      float[] first = session.logits();
      session.clear();
      assertThat(session.position()).isZero();
      prefill(session);
      assertThat(session.logits()).isEqualTo(first);
    }
  }

  @Test
  void tokensAreBytesAndBack() {
    int[] tokens = engine.tokenize("a b");
    assertThat(tokens).startsWith(1).hasSizeGreaterThan(3);
    assertThat(engine.text(3 + 'a')).isEqualTo("a");
  }

  @Test
  void keysNameEverythingTheBytesDependOn() throws IOException {
    Path gguf = RandomModel.in(folder, LlamaShape.named("3m"), 1);
    Path other = RandomModel.in(folder, LlamaShape.named("3m"), 2);
    LlamaOptions flash = new LlamaOptions(1, LlamaOptions.DEFAULT.kvType(), true);
    List<String> models = new ArrayList<>();
    for (LlamaEngine opened :
        List.of(
            LlamaEngine.open(gguf, CHUNK_TOKENS, flash),
            LlamaEngine.open(other, CHUNK_TOKENS, LlamaOptions.DEFAULT))) {
      models.add(opened.keys().model());
      opened.close();
    }
    assertThat(models).doesNotHaveDuplicates().doesNotContain(engine.keys().model());
  }

  @Test
  void whatIsNoModelIsOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.gguf"), "text");
    assertThatThrownBy(() -> LlamaEngine.open(text, CHUNK_TOKENS, LlamaOptions.DEFAULT))
        .isInstanceOf(EngineUnavailableException.class)
        .message()
        .startsWith("engine llama: expected a model that llama.cpp knows, found none in " + text)
        .doesNotContain("\n");
  }

  private static void prefill(EngineSession session) {
    while (session.prefill(prompt)) {}
  }

  private static List<MemorySegment> export(EngineSession session, Arena arena) {
    List<MemorySegment> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < PROMPT_TOKENS / CHUNK_TOKENS; chunk++) {
      MemorySegment bytes = arena.allocate(session.exportedBytes(chunk));
      session.exportChunk(chunk, bytes);
      chunks.add(bytes);
    }
    return chunks;
  }
}
