package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;
import java.util.List;

/**
 * Some of the keys of a store.
 *
 * @param keys in no order; there may be none though others follow
 * @param next the cursor of the page that follows; 0 behind the last one
 */
public record ScanPage(List<ChunkKey> keys, long next) {
  /** Copies the list. */
  public ScanPage {
    keys = List.copyOf(keys);
  }

  /** Whether nothing follows. */
  public boolean isLast() {
    return next == 0;
  }
}
