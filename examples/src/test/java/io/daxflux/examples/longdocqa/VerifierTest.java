package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.examples.longdocqa.Report.Verified;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {
  /** More than a piece, and no whole number of words. */
  private static final int CHUNK_BYTES = (5 << 20) + 3;

  private final ChunkLayout layout = ChunkLayout.blob(CHUNK_BYTES);
  private final Document document =
      new Document(7, List.of(ChunkKey.of("a"), ChunkKey.of("b")), List.of(layout, layout));
  private final List<MemorySegment> chunks =
      List.of(
          MemorySegment.ofArray(new byte[CHUNK_BYTES]),
          MemorySegment.ofArray(new byte[CHUNK_BYTES]));
  private final Verifier verifier = new Verifier();

  @BeforeEach
  void fill() {
    for (Piece piece : Piece.of(chunks)) {
      new KvBytes(document.keys().get(piece.chunk())).write(chunks.get(piece.chunk()), piece);
    }
  }

  @Test
  void rightBytesPassAndAreCounted() {
    verifier.verify(PathKind.FLOOR, document, chunks);
    assertThat(verifier.verified()).isEqualTo(new Verified(1, 2 * CHUNK_BYTES));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 16384", "0, 4194303", "1, 4194304", "1, 5242880", "1, 5242882"})
  void aWrongByteIsNamed(int chunk, long at) {
    byte right = chunks.get(chunk).get(ValueLayout.JAVA_BYTE, at);
    byte wrong = (byte) (right ^ 1);
    chunks.get(chunk).set(ValueLayout.JAVA_BYTE, at, wrong);

    assertThatThrownBy(() -> verifier.verify(PathKind.STAGED, document, chunks))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "staged, document 7, chunk %d of 2 (%s), byte %d: expected 0x%02x, found 0x%02x",
            chunk + 1, chunk == 0 ? "a" : "b", at, right, wrong);
    assertThat(verifier.verified()).isEqualTo(new Verified(0, 0));
  }

  @Test
  void chunksInEachOthersPlaceAreWrong() {
    assertThatThrownBy(() -> verifier.verify(PathKind.SERIAL, document, chunks.reversed()))
        .hasMessageStartingWith("serial, document 7, chunk 1 of 2 (a), byte 0: ");
  }

  @Test
  void aShorterChunkIsWrong() {
    List<MemorySegment> shorter = List.of(chunks.get(0), chunks.get(1).asSlice(1));
    assertThatThrownBy(() -> verifier.verify(PathKind.SERIAL, document, shorter))
        .hasMessage("serial, document 7, chunk 2 of 2 (b): expected 5242883 bytes, found 5242882");
  }

  @Test
  void outputMemoryIsClearedSoThatNobodyPassesByWhatIsLeftThere() {
    verifier.verify(PathKind.RESTORE_ALL, document, chunks);
    assertThat(chunks.get(1).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    assertThatThrownBy(() -> verifier.verify(PathKind.RESTORE_ALL, document, chunks))
        .isInstanceOf(RunFailure.class);
  }

  @Test
  void borrowedMemoryIsLeftAlone() {
    List<MemorySegment> borrowed = chunks.stream().map(MemorySegment::asReadOnly).toList();
    verifier.verify(PathKind.BORROW_PREFIX, document, borrowed);
    verifier.verify(PathKind.BORROW_PREFIX, document, borrowed);
    assertThat(verifier.verified().documents()).isEqualTo(2);
  }
}
