package io.daxflux.examples.engine.gguf;

import java.util.ArrayList;
import java.util.List;

/**
 * How large a model of the llama architecture is.
 *
 * @param name what it is called
 * @param hidden the width of its layers
 * @param kvHeads how many heads keep keys and values; they divide {@code heads}
 * @param headDim how many elements a head has
 * @param feedForward the width between
 */
public record LlamaShape(
    String name, int hidden, int layers, int heads, int kvHeads, int headDim, int feedForward) {
  /** How many tokens the vocabulary has. */
  static final int VOCABULARY = 320;

  /** The presets, smallest first. */
  public static final List<LlamaShape> PRESETS =
      List.of(
          new LlamaShape("3m", 256, 4, 4, 2, 64, 704),
          new LlamaShape("23m", 512, 8, 8, 2, 64, 1408),
          new LlamaShape("76m", 768, 12, 12, 4, 64, 2048),
          // Much KV cache for little arithmetic: what is restored weighs as much as what is
          // computed.
          new LlamaShape("wide-kv", 64, 8, 8, 8, 128, 64));

  /**
   * The preset of this name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static LlamaShape named(String name) {
    return PRESETS.stream()
        .filter(shape -> shape.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "preset: expected one of " + names() + ", found '" + name + "'"));
  }

  /** What the presets are called. */
  public static List<String> names() {
    return PRESETS.stream().map(LlamaShape::name).toList();
  }

  /** How many weights it has. */
  public long parameters() {
    return tensors().stream().mapToLong(Tensor::elements).sum();
  }

  /** All tensors, in the order of the file. */
  List<Tensor> tensors() {
    int queries = heads * headDim;
    int keys = kvHeads * headDim;
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(Tensor.matrix("token_embd.weight", hidden, VOCABULARY));
    for (int layer = 0; layer < layers; layer++) {
      String block = "blk." + layer + ".";
      tensors.add(Tensor.norm(block + "attn_norm.weight", hidden));
      tensors.add(Tensor.matrix(block + "attn_q.weight", hidden, queries));
      tensors.add(Tensor.matrix(block + "attn_k.weight", hidden, keys));
      tensors.add(Tensor.matrix(block + "attn_v.weight", hidden, keys));
      tensors.add(Tensor.matrix(block + "attn_output.weight", queries, hidden));
      tensors.add(Tensor.norm(block + "ffn_norm.weight", hidden));
      tensors.add(Tensor.matrix(block + "ffn_gate.weight", hidden, feedForward));
      tensors.add(Tensor.matrix(block + "ffn_up.weight", hidden, feedForward));
      tensors.add(Tensor.matrix(block + "ffn_down.weight", feedForward, hidden));
    }
    tensors.add(Tensor.norm("output_norm.weight", hidden));
    tensors.add(Tensor.matrix("output.weight", hidden, VOCABULARY));
    return tensors;
  }

  @Override
  public String toString() {
    return name;
  }
}
