package io.daxflux.perf.ground;

import java.util.Locale;

/** How the chunks of a document lie in the arena. */
public enum Arrangement {
  /** Side by side, in the order of their keys: one span. */
  CONTIGUOUS,
  /** In no order, with a block of something else behind each: as many spans as chunks. */
  FRAGMENTED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
