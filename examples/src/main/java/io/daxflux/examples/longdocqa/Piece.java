package io.daxflux.examples.longdocqa;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Some bytes of one of several chunks: what one core generates or compares at a time.
 *
 * @param chunk which chunk, from 0
 */
record Piece(int chunk, long offset, long bytes) {
  private static final long MOST_BYTES = 4L << 20;

  /** All bytes of these chunks. */
  static List<Piece> of(List<MemorySegment> chunks) {
    List<Piece> pieces = new ArrayList<>();
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      long bytes = chunks.get(chunk).byteSize();
      for (long offset = 0; offset < bytes; offset += MOST_BYTES) {
        pieces.add(new Piece(chunk, offset, Math.min(MOST_BYTES, bytes - offset)));
      }
    }
    return pieces;
  }

  long end() {
    return offset + bytes;
  }
}
