package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.examples.longdocqa.Report.Verified;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Compares every byte of restored chunks with what was put, on all cores. */
final class Verifier {
  private final Consumer<List<MemorySegment>> before;
  private long documents;
  private long bytes;

  Verifier() {
    this(_ -> {});
  }

  /**
   * @param before sees the chunks first: the seam at which a test spoils a byte
   */
  Verifier(Consumer<List<MemorySegment>> before) {
    this.before = before;
  }

  /**
   * Looks at all bytes, and clears them where they are output memory, so that the next path cannot
   * pass by what this one has left there.
   *
   * @throws RunFailure at the first byte that differs
   */
  void verify(PathKind path, Document document, List<MemorySegment> chunks) {
    before.accept(chunks);
    for (int i = 0; i < chunks.size(); i++) {
      long expected = document.layouts().get(i).bytes();
      if (chunks.get(i).byteSize() != expected) {
        throw new RunFailure(
            describe(path, document, i)
                + ": expected "
                + expected
                + " bytes, found "
                + chunks.get(i).byteSize());
      }
    }
    Optional<String> difference =
        Piece.of(chunks).parallelStream()
            .map(piece -> firstDifference(path, document, chunks.get(piece.chunk()), piece))
            .flatMap(Optional::stream)
            .findFirst();
    if (difference.isPresent()) {
      throw new RunFailure(difference.get());
    }
    documents++;
    bytes += document.bytes();
  }

  /** Arena memory may only be copied; the copy may be compared. */
  private static Optional<String> firstDifference(
      PathKind path, Document document, MemorySegment chunk, Piece piece) {
    KvBytes kvBytes = new KvBytes(document.keys().get(piece.chunk()));
    int[] words = new int[KvBytes.SCRATCH_WORDS];
    MemorySegment expected = MemorySegment.ofArray(words);
    MemorySegment found = MemorySegment.ofArray(new int[KvBytes.SCRATCH_WORDS]);
    for (long offset = piece.offset(); offset < piece.end(); offset += expected.byteSize()) {
      long length = Math.min(expected.byteSize(), piece.end() - offset);
      kvBytes.fill(words, (int) (offset / Integer.BYTES));
      MemorySegment.copy(chunk, offset, found, 0, length);
      long at = MemorySegment.mismatch(expected, 0, length, found, 0, length);
      if (at >= 0) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s, byte %d: expected 0x%02x, found 0x%02x",
                describe(path, document, piece.chunk()),
                offset + at,
                expected.get(ValueLayout.JAVA_BYTE, at),
                found.get(ValueLayout.JAVA_BYTE, at)));
      }
      if (!chunk.isReadOnly()) {
        chunk.asSlice(offset, length).fill((byte) 0);
      }
    }
    return Optional.empty();
  }

  private static String describe(PathKind path, Document document, int chunk) {
    ChunkKey key = document.keys().get(chunk);
    return String.format(
        Locale.ROOT,
        "%s, document %d, chunk %d of %d (%s)",
        path,
        document.number(),
        chunk + 1,
        document.chunks(),
        key);
  }

  /** What was right so far. */
  Verified verified() {
    return new Verified(documents, bytes);
  }
}
