package io.daxflux.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import org.junit.jupiter.api.Test;

class PayloadSlicesTest {
  private static final long MIB = 1 << 20;

  @Test
  void modelsChunksAreCutEvenly() {
    assertThat(PayloadSlices.count(40 * MIB)).isEqualTo(10);
    assertThat(PayloadSlices.bytes(40 * MIB)).isEqualTo(4 * MIB);
    assertThat(PayloadSlices.count(17_989_632)).isEqualTo(5);
    assertThat(PayloadSlices.bytes(17_989_632)).isEqualTo(3_597_952);
  }

  @Test
  void emptyPayloadHasNoSlices() {
    assertThat(PayloadSlices.count(0)).isZero();
  }

  @Test
  void slicesTileEveryPayloadWithinTheirBounds() {
    Seeds.forEach(
        2_000,
        random -> {
          long payload = 1 + random.nextLong(1L << (1 + random.nextInt(30)));
          long bytes = PayloadSlices.bytes(payload);
          long last = payload - (PayloadSlices.count(payload) - 1) * bytes;
          assertThat(bytes).isBetween(64L, PayloadSlices.MOST_BYTES).matches(n -> n % 64 == 0);
          assertThat(last).isBetween(1L, bytes);
        });
  }
}
