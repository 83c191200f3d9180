package io.daxflux.examples.engine;

import java.lang.foreign.MemorySegment;

/**
 * The KV cache of one prompt, from its first token on without gaps: imported, computed, or both.
 *
 * <p>Batches matter to the last bit: the engine adds up in another order where a token is computed
 * in another batch. So {@link #prefill} always computes in batches that end where chunks end, and
 * imported chunks give the very logits that computed ones would have given.
 *
 * <p>For one thread at a time.
 */
public interface EngineSession extends AutoCloseable {
  // tag::session[]
  /** Forgets everything: the next prompt begins. */
  void clear();

  /** For how many tokens there is a cache. */
  int position();

  /**
   * Computes the next batch of the prompt behind {@link #position()}. One batch only, so that a
   * prompt nobody waits for any more can be given up between two.
   *
   * @param prompt all of its tokens, those before the position included; at least one is left
   * @return whether more is left; where not, there are the logits of the prompt's last token
   */
  boolean prefill(int[] prompt);

  /** Computes one more token behind what there is. */
  void append(int token);

  /** One number for every token of the vocabulary: how likely it is next. A copy. */
  float[] logits();

  /** How many bytes {@link #exportChunk} writes. */
  long exportedBytes(int chunk);

  /**
   * Copies a chunk of the cache out, as it is to be stored.
   *
   * @param out as long as {@link #exportedBytes} says, off the heap
   */
  void exportChunk(int chunk, MemorySegment out);

  /**
   * Copies a chunk in, right behind what there is.
   *
   * @param in off the heap; not needed any more afterwards
   * @return false where it is not such a chunk. The session is then as it was
   */
  boolean importChunk(MemorySegment in);

  // end::session[]

  /** Lets go of the cache. */
  @Override
  void close();
}
