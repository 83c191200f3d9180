package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;

/**
 * A chunk that is there, without its bytes.
 *
 * @param index its position in the request, from 0
 * @param head its name, layout, attributes and expiry; what it lies behind is not known
 */
public record Described(int index, ChunkHead head) implements DescribeOutcome {
  @Override
  public ChunkKey key() {
    return head.key();
  }
}
