package io.daxflux.examples.engine.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model whose weights say nothing, but cost as much to run as others: f16, of the llama
 * architecture, with a tokenizer that knows bytes.
 */
public final class RandomModel {
  private static final int CONTEXT = 1 << 16;
  private static final int BUFFER_BYTES = 1 << 20;

  /** As GGUF numbers the kinds of tokens. */
  private static final int NORMAL = 1;

  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private RandomModel() {}

  /**
   * Writes it, or leaves the file alone that is there already.
   *
   * @param seed of its weights
   * @return the file, named after shape and seed
   */
  public static Path in(Path folder, LlamaShape shape, long seed) throws IOException {
    Path file = folder.resolve("random-" + shape.name() + "-" + seed + ".gguf");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = Files.createTempFile(folder, "unfinished-", ".gguf");
      try {
        write(unfinished, shape, seed);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
    return file;
  }

  /** Writes it to this file. */
  public static void write(Path file, LlamaShape shape, long seed) throws IOException {
    List<Tensor> tensors = shape.tensors();
    try (WritableByteChannel out =
        Files.newByteChannel(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      drain(ByteBuffer.wrap(head(shape).before(tensors)), out);
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (Tensor tensor : tensors) {
        write(tensor, new RandomWeights(seed, tensor), buffer, out);
      }
    }
  }

  private static void write(
      Tensor tensor, RandomWeights weights, ByteBuffer buffer, WritableByteChannel out)
      throws IOException {
    int atOnce = BUFFER_BYTES / Float.BYTES;
    for (long done = 0; done < tensor.elements(); done += atOnce) {
      weights.write(buffer.clear(), (int) Math.min(atOnce, tensor.elements() - done));
      drain(buffer.flip(), out);
    }
    drain(ByteBuffer.allocate(GgufHead.padding(tensor.bytes())), out);
  }

  private static void drain(ByteBuffer buffer, WritableByteChannel out) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private static GgufHead head(LlamaShape shape) {
    GgufHead head =
        new GgufHead()
            .value("general.architecture", "llama")
            .value("general.name", "random-" + shape.name())
            .value("llama.context_length", CONTEXT)
            .value("llama.embedding_length", shape.hidden())
            .value("llama.block_count", shape.layers())
            .value("llama.feed_forward_length", shape.feedForward())
            .value("llama.attention.head_count", shape.heads())
            .value("llama.attention.head_count_kv", shape.kvHeads())
            .value("llama.attention.key_length", shape.headDim())
            .value("llama.attention.value_length", shape.headDim())
            .value("llama.rope.dimension_count", shape.headDim())
            .value("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .value("llama.rope.freq_base", 10_000f);
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Integer> types = new ArrayList<>(List.of(UNKNOWN, CONTROL, CONTROL));
    for (int value = 0; value < 256; value++) {
      tokens.add(String.format("<0x%02X>", value));
      types.add(BYTE);
    }
    tokens.add("\u2581"); // how the tokenizer writes a space
    while (tokens.size() < LlamaShape.VOCABULARY) {
      tokens.add("<unused" + tokens.size() + ">");
    }
    types.addAll(Collections.nCopies(tokens.size() - types.size(), NORMAL));
    return head.value("tokenizer.ggml.model", "llama")
        .texts("tokenizer.ggml.tokens", tokens)
        .floats("tokenizer.ggml.scores", Collections.nCopies(tokens.size(), 0f))
        .ints("tokenizer.ggml.token_type", types)
        .value("tokenizer.ggml.bos_token_id", 1)
        .value("tokenizer.ggml.eos_token_id", 2)
        .value("tokenizer.ggml.unknown_token_id", 0);
  }
}
