package io.daxflux.media;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.checksum.SliceSums;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Checks payloads slice by slice, on private memory. One thread has one checker. */
final class SliceChecker {
  private final MediaMemory memory;
  private final MediaGeometry geometry;
  private final byte[] bytes = new byte[(int) PayloadSlices.MOST_BYTES];
  private final CRC32C checksum = new CRC32C();
  private final List<BadSlice> bad = new ArrayList<>();

  SliceChecker(MediaMemory memory, MediaGeometry geometry) {
    this.memory = memory;
    this.geometry = geometry;
  }

  void check(RecoveredChunk chunk) {
    ChunkRecord record = chunk.record();
    long length = record.layout().bytes();
    long sliceBytes = PayloadSlices.bytes(length);
    long start =
        record.isInline()
            ? geometry.unitOffset(chunk.unit()) + record.shape().valueOffset()
            : geometry.blockOffset(record.firstBlock());
    for (int slice = 0; slice < PayloadSlices.count(length); slice++) {
      long from = slice * sliceBytes;
      int size = (int) Math.min(sliceBytes, length - from);
      boolean readable = memory.tryRead(start + from, bytes, 0, size);
      if (!readable || !agrees(record.sums(), slice, size)) {
        bad.add(new BadSlice(record.key(), chunk.unit(), slice, start + from, size, readable));
      }
    }
  }

  private boolean agrees(SliceSums sums, int slice, int size) {
    if (!sums.areKnown()) {
      return true;
    }
    checksum.reset();
    checksum.update(bytes, 0, size);
    return sums.sum(slice) == (int) checksum.getValue();
  }

  List<BadSlice> bad() {
    return bad;
  }
}
