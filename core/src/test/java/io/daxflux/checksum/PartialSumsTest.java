package io.daxflux.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartialSumsTest {
  @Test
  void sumsComeInAnyOrderAndTheLastOneStands() {
    PartialSums sums = new PartialSums(10 << 20);
    sums.put(2, 30);
    sums.put(0, 1);
    sums.put(0, 10);
    assertThatThrownBy(sums::toSums)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("checksums: expected all of 3, found 1 missing");

    sums.put(1, 20);

    assertThat(sums.toSums()).isEqualTo(SliceSums.of(new int[] {10, 20, 30}));
  }

  @Test
  void emptyPayloadIsCompleteFromTheStart() {
    assertThat(new PartialSums(0).toSums()).isEqualTo(SliceSums.of(new int[0]));
  }
}
