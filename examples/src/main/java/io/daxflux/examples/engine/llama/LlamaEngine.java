package io.daxflux.examples.engine.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.daxflux.chunk.PrefixKeys;
import io.daxflux.examples.engine.EngineSession;
import io.daxflux.examples.engine.EngineUnavailableException;
import io.daxflux.examples.engine.KvEngine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model in llama.cpp, on the processor. */
public final class LlamaEngine implements KvEngine {
  private static final int GPU_LAYERS_OFFSET = 8;
  private static final int NO_VOCABULARY = 0;

  private final LlamaCalls calls;
  private final MemorySegment model;
  private final MemorySegment vocabulary;
  private final int vocabularyTokens;
  private final LlamaOptions options;
  private final PrefixKeys keys;

  private LlamaEngine(
      LlamaCalls calls, MemorySegment model, LlamaOptions options, PrefixKeys keys) {
    this.calls = calls;
    this.model = model;
    this.vocabulary = calls.vocabulary(model);
    this.vocabularyTokens = calls.vocabularyTokens(vocabulary);
    this.options = options;
    this.keys = keys;
  }

  /**
   * Loads a model.
   *
   * @param chunkTokens how many tokens a chunk covers; also the batch in which prompts are computed
   * @throws EngineUnavailableException where llama.cpp does not run here, or does not take the file
   */
  public static LlamaEngine open(Path gguf, int chunkTokens, LlamaOptions options) {
    if (!Files.isReadable(gguf)) {
      throw new EngineUnavailableException(
          "engine llama: expected a GGUF file, found nothing to read at " + gguf);
    }
    LlamaCalls calls = LlamaCalls.load();
    PrefixKeys keys = new PrefixKeys(identity(gguf, options), 1, 0, options.kvType(), chunkTokens);
    NativeLog.begin();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = calls.modelDefaultParams(arena);
      params.set(JAVA_INT, GPU_LAYERS_OFFSET, 0);
      MemorySegment model = calls.loadModel(arena.allocateFrom(gguf.toString()), params);
      if (model.equals(MemorySegment.NULL)) {
        throw new EngineUnavailableException(
            "engine llama: expected a model that llama.cpp knows, found none in "
                + gguf
                + NativeLog.cause());
      }
      return new LlamaEngine(calls, model, options, keys);
    }
  }

  /** Everything on which the bytes of a chunk depend. */
  private static String identity(Path gguf, LlamaOptions options) {
    try {
      return "gguf-"
          + FileHash.of(gguf).substring(0, 32)
          + "-llama.cpp-"
          + NativeLibrary.BUILD
          + (options.flashAttention() ? "-flash" : "");
    } catch (IOException failure) {
      throw new EngineUnavailableException("engine llama: " + gguf + " cannot be read: " + failure);
    }
  }

  @Override
  public PrefixKeys keys() {
    return keys;
  }

  /** By the file's own tokenizer; by bytes where it has none. */
  @Override
  public int[] tokenize(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (calls.vocabularyType(vocabulary) == NO_VOCABULARY) {
      int[] tokens = new int[utf8.length];
      for (int i = 0; i < utf8.length; i++) {
        tokens[i] = Byte.toUnsignedInt(utf8[i]) % vocabularyTokens;
      }
      return tokens;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocateFrom(JAVA_BYTE, utf8);
      // A space becomes three bytes in some tokenizers, and there may be one in front.
      MemorySegment out = arena.allocate(JAVA_INT, 3L * utf8.length + 8);
      int count = calls.tokenize(vocabulary, in, out);
      if (count < 0) {
        throw new IllegalStateException(
            "tokenize: expected at most "
                + out.byteSize() / Integer.BYTES
                + " tokens, found "
                + -count);
      }
      return out.asSlice(0, (long) count * Integer.BYTES).toArray(JAVA_INT);
    }
  }

  @Override
  public String text(int token) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(256);
      int bytes = calls.pieceOf(vocabulary, token, out);
      return bytes <= 0
          ? ""
          : new String(out.asSlice(0, bytes).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }
  }

  @Override
  public EngineSession openSession(int mostTokens) {
    return LlamaSession.open(
        calls, model, vocabularyTokens, options, keys.chunkTokens(), mostTokens);
  }

  @Override
  public void close() {
    calls.freeModel(model);
  }
}
