package io.daxflux.examples.engine;

import io.daxflux.chunk.PrefixKeys;

/**
 * An inference engine, as daxflux needs to see it: what a serving team implements for its own.
 *
 * <p>The engine is the model; an {@link EngineSession} is the KV cache of one prompt at a time.
 * Thread-safe. Closed after its sessions.
 */
public interface KvEngine extends AutoCloseable {
  /**
   * Names the chunks of prompts. All that the bytes of a chunk depend on belongs in these keys: the
   * model's weights, the engine's version, the element type and layout of the cache. What is left
   * out is read back one day by an engine that takes it for something else.
   */
  PrefixKeys keys();

  /** The tokens of a text, with what the model expects in front of a prompt. */
  int[] tokenize(String text);

  /** The text of a token, as far as it is one. */
  String text(int token);

  /**
   * A new, empty session.
   *
   * @param mostTokens how many tokens its cache must hold, the answer's included
   */
  EngineSession openSession(int mostTokens);

  /** Lets go of the model. */
  @Override
  void close();
}
