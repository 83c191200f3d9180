package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KvBytesTest {
  private static int[] words(String key, int first, int count) {
    int[] words = new int[count];
    new KvBytes(ChunkKey.of(key)).fill(words, first);
    return words;
  }

  @Test
  void theSameKeyAndPositionGiveTheSameBytes() {
    int[] whole = words("a", 0, 1000);
    assertThat(words("a", 300, 200)).isEqualTo(Arrays.copyOfRange(whole, 300, 500));
  }

  @Test
  void noWordComesTwiceInAChunk() {
    assertThat(Arrays.stream(words("a", 0, 1 << 20)).distinct().count()).isEqualTo(1 << 20);
  }

  @Test
  void otherKeysGiveOtherBytesAtNearlyEveryPosition() {
    int[] one = words("model@1@0@1f@half", 0, 1 << 16);
    int[] other = words("model@1@0@20@half", 0, 1 << 16);
    int alike = 0;
    for (int i = 0; i < one.length; i++) {
      alike += one[i] == other[i] ? 1 : 0;
    }
    assertThat(alike).isLessThan(10);
  }

  @Test
  void aPieceIsWrittenWhereItBelongsAndNowhereElse() {
    byte[] whole = new byte[100_003];
    MemorySegment all = MemorySegment.ofArray(whole);
    new KvBytes(ChunkKey.of("a")).write(all, new Piece(0, 0, whole.length));

    byte[] part = new byte[whole.length];
    new KvBytes(ChunkKey.of("a")).write(MemorySegment.ofArray(part), new Piece(0, 40_000, 50_001));
    assertThat(Arrays.copyOfRange(part, 40_000, 90_001))
        .isEqualTo(Arrays.copyOfRange(whole, 40_000, 90_001));
    assertThat(Arrays.copyOf(part, 40_000)).containsOnly(0);
    assertThat(Arrays.copyOfRange(part, 90_001, part.length)).containsOnly(0);
  }
}
