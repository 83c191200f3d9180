package io.daxflux.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkKeyTest {
  @Test
  void keyHasOneToTheMostBytes() {
    assertThat(ChunkKey.of(new byte[1]).length()).isEqualTo(1);
    assertThat(ChunkKey.of(new byte[ChunkKey.MAX_BYTES]).length()).isEqualTo(4096);
    assertThat(ChunkKey.of("k".repeat(4096)).length()).isEqualTo(4096);
  }

  @Test
  void emptyAndOverlongKeysAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkKey.of(new byte[0]))
        .withMessage("chunk key: expected 1 to 4096 bytes, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkKey.of(""))
        .withMessage("chunk key: expected 1 to 4096 bytes, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkKey.of(new byte[4097]))
        .withMessage("chunk key: expected 1 to 4096 bytes, found 4097");
    assertThatIllegalArgumentException()
        .as("bytes count, not characters")
        .isThrownBy(() -> ChunkKey.of("ü".repeat(2049)))
        .withMessage("chunk key: expected 1 to 4096 bytes, found 4098");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D"})
  void halfOfASurrogatePairIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkKey.of(text))
        .withMessage("chunk key: expected well-formed text, found half of a surrogate pair");
  }

  @Test
  void textAndItsUtf8BytesAreOneKey() {
    String text = "Qwen/Qwen3-14B@1@0@ff@half ü \uD83D\uDE00";

    ChunkKey key = ChunkKey.of(text);

    assertThat(key).isEqualTo(ChunkKey.of(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(key).hasSameHashCodeAs(ChunkKey.of(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(key.toBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Compiled, an encoder of the platform's was seen to lose the length of a text that is too long.
   */
  @Test
  void longTextHasItsBytesAlsoAfterManyShortOnes() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(ChunkKey.of("k" + i % 1000).length()).isBetween(2, 4);
    }
    for (int length = 1; length <= ChunkKey.MAX_BYTES; length++) {
      String text = "m".repeat(length);
      assertThat(ChunkKey.of(text)).isEqualTo(ChunkKey.of(text.getBytes(StandardCharsets.UTF_8)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkKey.of("m".repeat(5000)))
        .withMessageContaining("found 5000");
  }

  @Test
  void keysDifferWhereTheirBytesDo() {
    ChunkKey key = ChunkKey.of("ab");

    assertThat(key).isNotEqualTo(ChunkKey.of("ac"));
    assertThat(key).isNotEqualTo(ChunkKey.of("abb"));
    assertThat(key).isNotEqualTo("ab");
    assertThat(key.equals(null)).isFalse();
  }

  @Test
  void keysOfOneHashStayApart() {
    ChunkKey one = ChunkKey.of("AaAa");
    ChunkKey other = ChunkKey.of("BBBB");

    assertThat(one).hasSameHashCodeAs(other).isNotEqualTo(other);
    assertThat(one.compareTo(other)).isNegative();
  }

  @Test
  void keysAreOrderedAsUnsignedBytesInAgreementWithEquals() {
    List<ChunkKey> ordered =
        List.of(key(0), key(0, 0), key(0, 1), key(0x7f), key(0x80), key(0xff), key(0xff, 0));

    assertThat(ordered.reversed().stream().sorted().toList()).isEqualTo(ordered);
    assertThat(key(1, 2)).isEqualByComparingTo(key(1, 2));
  }

  @Test
  void bytesAreTheKeysOwn() {
    byte[] bytes = {1, 2, 3};
    ChunkKey key = ChunkKey.of(bytes);
    bytes[0] = 9;
    key.toBytes()[1] = 9;

    assertThat(key.toBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void printsTextWherePrintableAndHexadecimalOtherwise() {
    assertThat(ChunkKey.of("m@1@0@ff@half ~")).hasToString("m@1@0@ff@half ~");
    assertThat(ChunkKey.of("ü")).hasToString("0xc3bc");
    assertThat(key(0x61, 0x0a)).hasToString("0x610a");
    assertThat(key(0x7f)).hasToString("0x7f");
    assertThat(key(0x00, 0xff)).hasToString("0x00ff");
  }

  @Test
  void chainedKeysSpreadOverATable() {
    int[] tokens = new int[65_536];
    Arrays.setAll(tokens, i -> i % 7);
    List<ChunkKey> keys =
        new PrefixKeys("Qwen/Qwen3-14B", 1, 0, DType.BFLOAT16, 1).fullChunks(tokens);

    assertThat(slotsTaken(keys.size(), keys::get)).isGreaterThan(0.62);
  }

  @Test
  void countedKeysSpreadOverATable() {
    double slots =
        slotsTaken(65_536, i -> ChunkKey.of("m@1@0@" + Integer.toHexString(i) + "@half"));

    assertThat(slots).isGreaterThan(0.62);
  }

  @Test
  void keysThatDifferInTheHighBitsOfTheirBytesSpreadOverATable() {
    double slots =
        slotsTaken(
            65_536, i -> key((i >> 8 & 0xf0), (i >> 4 & 0xf0), (i & 0xf0), (i << 4 & 0xf0), 0x30));

    assertThat(slots).isGreaterThan(0.62);
  }

  /**
   * The share of the slots of a {@code HashMap} that as many keys take; 1 - 1/e, or 0.632, by
   * chance. It folds a hash by 16 bits and masks it.
   */
  private static double slotsTaken(int count, IntFunction<ChunkKey> keys) {
    boolean[] taken = new boolean[count];
    int slots = 0;
    for (int i = 0; i < count; i++) {
      int hash = keys.apply(i).hashCode();
      int slot = (hash ^ hash >>> 16) & (count - 1);
      slots += taken[slot] ? 0 : 1;
      taken[slot] = true;
    }
    return (double) slots / count;
  }

  private static ChunkKey key(int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
    for (int b : bytes) {
      buffer.put((byte) b);
    }
    return ChunkKey.of(buffer.array());
  }
}
