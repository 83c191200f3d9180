package io.daxflux.examples.engine.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.daxflux.chunk.DType;
import io.daxflux.examples.engine.EngineSession;
import io.daxflux.examples.engine.EngineUnavailableException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A context of llama.cpp. The prompt is its sequence 0; sequence 1 is where a chunk stands alone
 * for the moment in which it is exported or imported.
 */
final class LlamaSession implements EngineSession {
  private static final int PROMPT = 0;
  private static final int CHUNK = 1;
  private static final int SEQUENCES = 4;

  /** The cells of a cache come in such groups. */
  private static final int CELLS = 256;

  /**
   * Held by whoever computes. Contexts that compute at the same time spoil each other's results in
   * this build of llama.cpp; to export and import at the same time does no harm.
   */
  private static final Lock COMPUTING = new ReentrantLock(true);

  private final LlamaCalls calls;
  private final MemorySegment context;
  private final int vocabularyTokens;
  private final int chunkTokens;
  private final Arena arena = Arena.ofShared();
  private final TokenBatch batch;
  private int position;

  private LlamaSession(
      LlamaCalls calls, MemorySegment context, int vocabularyTokens, int chunkTokens) {
    this.calls = calls;
    this.context = context;
    this.vocabularyTokens = vocabularyTokens;
    this.chunkTokens = chunkTokens;
    this.batch = new TokenBatch(arena, chunkTokens);
  }

  static LlamaSession open(
      LlamaCalls calls,
      MemorySegment model,
      int vocabularyTokens,
      LlamaOptions options,
      int chunkTokens,
      int mostTokens) {
    int cells = Math.ceilDiv(mostTokens, CELLS) * CELLS;
    MemorySegment context;
    NativeLog.begin();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = calls.contextDefaultParams(arena);
      params.set(JAVA_INT, 0, cells); // n_ctx
      params.set(JAVA_INT, 4, chunkTokens); // n_batch
      params.set(JAVA_INT, 8, chunkTokens); // n_ubatch
      params.set(JAVA_INT, 12, SEQUENCES); // n_seq_max
      params.set(JAVA_INT, 16, options.threads()); // n_threads
      params.set(JAVA_INT, 20, options.threads()); // n_threads_batch
      params.set(JAVA_INT, 88, options.ggmlType()); // type_k
      params.set(JAVA_INT, 92, options.ggmlType()); // type_v
      params.set(JAVA_BYTE, 99, (byte) (options.flashAttention() ? 1 : 0)); // flash_attn
      params.set(JAVA_BYTE, 100, (byte) 1); // no_perf
      context = calls.openContext(model, params);
    }
    if (context.equals(MemorySegment.NULL)) {
      throw new EngineUnavailableException(
          "engine llama: expected a context of "
              + cells
              + " tokens with a "
              + (options.kvType() == DType.FLOAT ? "float" : "half")
              + " cache, found none"
              + NativeLog.cause());
    }
    return new LlamaSession(calls, context, vocabularyTokens, chunkTokens);
  }

  @Override
  public void clear() {
    calls.clearKv(context);
    position = 0;
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public boolean prefill(int[] prompt) {
    if (position >= prompt.length) {
      throw new IllegalStateException(
          "prefill: expected at least one token left to compute, found none of " + prompt.length);
    }
    int end = Math.min((position / chunkTokens + 1) * chunkTokens, prompt.length);
    boolean last = end == prompt.length;
    decode(batch.of(prompt, position, end, last));
    position = end;
    return !last;
  }

  @Override
  public void append(int token) {
    decode(batch.of(token, position));
    position++;
  }

  private void decode(MemorySegment tokens) {
    int failure;
    COMPUTING.lock();
    try {
      failure = calls.decode(context, tokens);
    } finally {
      COMPUTING.unlock();
    }
    if (failure != 0) {
      throw new IllegalStateException(
          "llama_decode at token " + position + ": expected 0, found " + failure);
    }
  }

  @Override
  public float[] logits() {
    MemorySegment pointer = calls.logits(context, -1);
    return NativeLibrary.at(pointer, (long) vocabularyTokens * Float.BYTES).toArray(JAVA_FLOAT);
  }

  @Override
  public long exportedBytes(int chunk) {
    single(chunk);
    long bytes = calls.stateBytes(context, CHUNK);
    calls.removeKv(context, CHUNK);
    return bytes;
  }

  @Override
  public void exportChunk(int chunk, MemorySegment out) {
    single(chunk);
    long written = calls.getState(context, out, CHUNK);
    calls.removeKv(context, CHUNK);
    if (written != out.byteSize()) {
      throw new IllegalStateException(
          "export of chunk " + chunk + ": expected " + out.byteSize() + " bytes, found " + written);
    }
  }

  private void single(int chunk) {
    int begin = chunk * chunkTokens;
    if (begin + chunkTokens > position) {
      throw new IllegalStateException(
          "export of chunk " + chunk + ": expected it computed, found " + position + " tokens");
    }
    calls.copyKv(context, PROMPT, CHUNK, begin, begin + chunkTokens);
  }

  @Override
  public boolean importChunk(MemorySegment in) {
    if (calls.setState(context, in, CHUNK) != in.byteSize()) {
      calls.removeKv(context, CHUNK);
      return false;
    }
    calls.copyKv(context, CHUNK, PROMPT, 0, -1);
    calls.removeKv(context, CHUNK);
    position += chunkTokens;
    return true;
  }

  @Override
  public void close() {
    calls.freeContext(context);
    arena.close();
  }
}
