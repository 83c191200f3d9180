package io.daxflux.store;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkKey;

/** An entry whose payload is so long that it has several checksums. */
final class SlicedEntry extends Entry {
  private SliceSums sums = SliceSums.NONE;

  SlicedEntry(ChunkKey key, Form form) {
    super(key, form);
  }

  @Override
  SliceSums sums() {
    return sums;
  }

  @Override
  void summed(SliceSums sums) {
    this.sums = sums;
  }
}
