package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.util.Collections;
import java.util.List;

/**
 * A document's chunks.
 *
 * @param number which document, from 1
 * @param keys the chunks' names, each of which stands for all text up to its end
 * @param layouts what they hold, as many as keys
 */
public record Document(int number, List<ChunkKey> keys, List<ChunkLayout> layouts) {
  /** How many there are. */
  public int chunks() {
    return keys.size();
  }

  /** Of all of them. */
  public long bytes() {
    return layouts.stream().mapToLong(ChunkLayout::bytes).sum();
  }

  /** How much space it takes where space comes in blocks. */
  long footprintBytes(long blockBytes) {
    return layouts.stream()
        .mapToLong(layout -> Math.ceilDiv(layout.bytes(), blockBytes) * blockBytes)
        .sum();
  }

  /** Everything was stored and nothing may be missing. */
  public void expectAll(int expected, int found) {
    if (found != expected) {
      throw new RunFailure(
          "document " + number + ": expected " + expected + " chunks, found " + found);
    }
  }

  /** The same names, at most so many, for chunks of a few bytes. */
  Document miniature(int mostChunks, int chunkBytes) {
    List<ChunkKey> some = keys.subList(0, Math.min(mostChunks, keys.size()));
    return new Document(
        number, some, Collections.nCopies(some.size(), ChunkLayout.blob(chunkBytes)));
  }
}
