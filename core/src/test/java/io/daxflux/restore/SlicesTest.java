package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicesTest {
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 64, 4096, 3 * MIB, 6 * MIB - 1, 6 * MIB})
  void upToSixMebibytesAreOneSlice(long bytes) {
    assertThat(Slices.bytes(bytes, Slices.MOST_BYTES)).isBetween(bytes, bytes + 63);
  }

  @Test
  void slicesAreEqualAndOfThreeToSixMebibytes() {
    Seeds.forEach(
        1000,
        random -> {
          long bytes = 6 * MIB + 1 + random.nextLong(100 * MIB);
          long slice = Slices.bytes(bytes, Slices.MOST_BYTES);
          long count = Math.ceilDiv(bytes, slice);
          long last = bytes - (count - 1) * slice;
          assertThat(slice).isBetween(3 * MIB, 6 * MIB).matches(length -> length % 64 == 0);
          assertThat(count).isEqualTo(Math.ceilDiv(bytes, 6 * MIB));
          assertThat(slice - last).isBetween(0L, 64 * count);
        });
  }

  @Test
  void aSmallerBoundIsKept() {
    assertThat(Slices.bytes(9 * MIB, 4 * MIB)).isEqualTo(3 * MIB);
  }
}
