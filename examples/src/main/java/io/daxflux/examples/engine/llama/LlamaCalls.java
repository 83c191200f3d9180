package io.daxflux.examples.engine.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The functions of llama.cpp that are called here, and no others. As thread-safe as they are. */
final class LlamaCalls {
  /*
   * Structures that are passed by value. Only their length matters to the calling conventions, for
   * they are too long for registers; what lies where stands with those who fill them in.
   */
  static final StructLayout MODEL_PARAMS = words(8);
  static final StructLayout CONTEXT_PARAMS = words(15);
  static final StructLayout BATCH = words(7);

  private static @Nullable LlamaCalls loaded;

  private final MethodHandle modelDefaultParams;
  private final MethodHandle modelLoad;
  private final MethodHandle modelFree;
  private final MethodHandle modelVocab;
  private final MethodHandle vocabTokens;
  private final MethodHandle vocabType;
  private final MethodHandle tokenize;
  private final MethodHandle tokenToPiece;
  private final MethodHandle contextDefaultParams;
  private final MethodHandle contextInit;
  private final MethodHandle contextFree;
  private final MethodHandle decode;
  private final MethodHandle logitsIth;
  private final MethodHandle kvClear;
  private final MethodHandle kvSeqCp;
  private final MethodHandle kvSeqRm;
  private final MethodHandle stateSeqSize;
  private final MethodHandle stateSeqGet;
  private final MethodHandle stateSeqSet;

  private LlamaCalls(NativeLibrary library) {
    modelDefaultParams =
        library.function("llama_model_default_params", FunctionDescriptor.of(MODEL_PARAMS));
    modelLoad =
        library.function(
            "llama_model_load_from_file", FunctionDescriptor.of(ADDRESS, ADDRESS, MODEL_PARAMS));
    modelFree = library.function("llama_model_free", FunctionDescriptor.ofVoid(ADDRESS));
    modelVocab = library.function("llama_model_get_vocab", FunctionDescriptor.of(ADDRESS, ADDRESS));
    vocabTokens =
        library.function("llama_vocab_n_tokens", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    vocabType = library.function("llama_vocab_type", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    tokenize =
        library.function(
            "llama_tokenize",
            FunctionDescriptor.of(
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_BOOLEAN,
                JAVA_BOOLEAN));
    tokenToPiece =
        library.function(
            "llama_token_to_piece",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BOOLEAN));
    contextDefaultParams =
        library.function("llama_context_default_params", FunctionDescriptor.of(CONTEXT_PARAMS));
    contextInit =
        library.function(
            "llama_init_from_model", FunctionDescriptor.of(ADDRESS, ADDRESS, CONTEXT_PARAMS));
    contextFree = library.function("llama_free", FunctionDescriptor.ofVoid(ADDRESS));
    decode = library.function("llama_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, BATCH));
    logitsIth =
        library.function("llama_get_logits_ith", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    kvClear = library.function("llama_kv_self_clear", FunctionDescriptor.ofVoid(ADDRESS));
    kvSeqCp =
        library.function(
            "llama_kv_self_seq_cp",
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    kvSeqRm =
        library.function(
            "llama_kv_self_seq_rm",
            FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    stateSeqSize =
        library.function(
            "llama_state_seq_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));
    FunctionDescriptor copy =
        FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    stateSeqGet = library.function("llama_state_seq_get_data", copy);
    stateSeqSet = library.function("llama_state_seq_set_data", copy);
    NativeLog.attach(library);
    MethodHandle init = library.function("llama_backend_init", FunctionDescriptor.ofVoid());
    run(() -> init.invoke());
  }

  /**
   * Loads the library, once.
   *
   * @throws io.daxflux.examples.engine.EngineUnavailableException where it does not run here
   */
  static synchronized LlamaCalls load() {
    LlamaCalls calls = loaded;
    if (calls == null) {
      calls = new LlamaCalls(NativeLibrary.load());
      loaded = calls;
    }
    return calls;
  }

  MemorySegment modelDefaultParams(SegmentAllocator memory) {
    return call(() -> (MemorySegment) modelDefaultParams.invokeExact(memory));
  }

  MemorySegment loadModel(MemorySegment path, MemorySegment params) {
    return call(() -> (MemorySegment) modelLoad.invokeExact(path, params));
  }

  void freeModel(MemorySegment model) {
    run(() -> modelFree.invoke(model));
  }

  MemorySegment vocabulary(MemorySegment model) {
    return call(() -> (MemorySegment) modelVocab.invokeExact(model));
  }

  int vocabularyTokens(MemorySegment vocabulary) {
    return call(() -> (int) vocabTokens.invokeExact(vocabulary));
  }

  int vocabularyType(MemorySegment vocabulary) {
    return call(() -> (int) vocabType.invokeExact(vocabulary));
  }

  int tokenize(MemorySegment vocabulary, MemorySegment text, MemorySegment tokens) {
    int length = Math.toIntExact(text.byteSize());
    int room = Math.toIntExact(tokens.byteSize() / Integer.BYTES);
    return call(
        () -> (int) tokenize.invokeExact(vocabulary, text, length, tokens, room, true, false));
  }

  int pieceOf(MemorySegment vocabulary, int token, MemorySegment text) {
    int room = Math.toIntExact(text.byteSize());
    return call(() -> (int) tokenToPiece.invokeExact(vocabulary, token, text, room, 0, true));
  }

  MemorySegment contextDefaultParams(SegmentAllocator memory) {
    return call(() -> (MemorySegment) contextDefaultParams.invokeExact(memory));
  }

  MemorySegment openContext(MemorySegment model, MemorySegment params) {
    return call(() -> (MemorySegment) contextInit.invokeExact(model, params));
  }

  void freeContext(MemorySegment context) {
    run(() -> contextFree.invoke(context));
  }

  int decode(MemorySegment context, MemorySegment batch) {
    return call(() -> (int) decode.invokeExact(context, batch));
  }

  MemorySegment logits(MemorySegment context, int output) {
    return call(() -> (MemorySegment) logitsIth.invokeExact(context, output));
  }

  void clearKv(MemorySegment context) {
    run(() -> kvClear.invoke(context));
  }

  void copyKv(MemorySegment context, int from, int to, int begin, int end) {
    run(() -> kvSeqCp.invoke(context, from, to, begin, end));
  }

  boolean removeKv(MemorySegment context, int sequence) {
    return call(() -> (boolean) kvSeqRm.invokeExact(context, sequence, -1, -1));
  }

  long stateBytes(MemorySegment context, int sequence) {
    return call(() -> (long) stateSeqSize.invokeExact(context, sequence));
  }

  long getState(MemorySegment context, MemorySegment out, int sequence) {
    long bytes = out.byteSize();
    return call(() -> (long) stateSeqGet.invokeExact(context, out, bytes, sequence));
  }

  long setState(MemorySegment context, MemorySegment in, int sequence) {
    long bytes = in.byteSize();
    return call(() -> (long) stateSeqSet.invokeExact(context, in, bytes, sequence));
  }

  private static StructLayout words(int count) {
    return MemoryLayout.structLayout(MemoryLayout.sequenceLayout(count, JAVA_LONG));
  }

  /** A call of a method handle, which may throw anything and, being native, throws nothing. */
  private interface Call<T> {
    T invoke() throws Throwable;
  }

  /** The same, of one that returns nothing: not exact, for as a lambda's value it is an object. */
  private interface VoidCall {
    void invoke() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.invoke();
    } catch (RuntimeException | Error bad) {
      throw bad;
    } catch (Throwable impossible) {
      throw new AssertionError("native code throws no exceptions", impossible);
    }
  }

  private static void run(VoidCall call) {
    try {
      call.invoke();
    } catch (RuntimeException | Error bad) {
      throw bad;
    } catch (Throwable impossible) {
      throw new AssertionError("native code throws no exceptions", impossible);
    }
  }
}
