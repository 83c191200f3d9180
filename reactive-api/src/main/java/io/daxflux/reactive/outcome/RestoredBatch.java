package io.daxflux.reactive.outcome;

import java.util.List;

/**
 * The result of a restore of many chunks: an outcome for every key, at its position.
 *
 * <p>The receiver owns the batch and, with it, every chunk: {@link #close()} closes them all. A
 * chunk may be closed earlier by itself, or kept longer by {@link RestoredChunk#share()}.
 *
 * @param outcomes as many as there were keys, in their order
 */
public record RestoredBatch(List<RestoreOutcome> outcomes) implements AutoCloseable {
  /** Copies the list. */
  public RestoredBatch {
    outcomes = List.copyOf(outcomes);
  }

  /** The chunks that were found, in the order of the request. */
  public List<RestoredChunk> hits() {
    return outcomes.stream()
        .filter(RestoredChunk.class::isInstance)
        .map(RestoredChunk.class::cast)
        .toList();
  }

  /** The misses, in the order of the request. */
  public List<Hole> holes() {
    return outcomes.stream().filter(Hole.class::isInstance).map(Hole.class::cast).toList();
  }

  /** Closes every chunk. Never blocks; further calls do nothing. */
  @Override
  public void close() {
    for (RestoreOutcome outcome : outcomes) {
      if (outcome instanceof RestoredChunk chunk) {
        chunk.close();
      }
    }
  }
}
