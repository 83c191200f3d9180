package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static final List<String> ITEMS = List.of("a", "b", "c");

  @Test
  void tileRepeatsTheWhole() {
    assertThat(RepeatMode.TILE.repeat(ITEMS, 2, new Random(1)))
        .containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void interleaveRepeatsEachOne() {
    assertThat(RepeatMode.INTERLEAVE.repeat(ITEMS, 2, new Random(1)))
        .containsExactly("a", "a", "b", "b", "c", "c");
  }

  @Test
  void randomShufflesAsTheSeedSays() {
    List<String> shuffled = RepeatMode.RANDOM.repeat(ITEMS, 10, new Random(1));
    assertThat(shuffled)
        .containsExactlyInAnyOrderElementsOf(RepeatMode.TILE.repeat(ITEMS, 10, new Random(1)))
        .isEqualTo(RepeatMode.RANDOM.repeat(ITEMS, 10, new Random(1)))
        .isNotEqualTo(RepeatMode.RANDOM.repeat(ITEMS, 10, new Random(2)));
  }

  @Test
  void pathsComeAsListedOrReversedOrShuffled() {
    assertThat(PathOrder.LISTED.arrange(ITEMS, new Random(1))).containsExactly("a", "b", "c");
    assertThat(PathOrder.REVERSED.arrange(ITEMS, new Random(1))).containsExactly("c", "b", "a");
    assertThat(PathOrder.RANDOM.arrange(ITEMS, new Random(1)))
        .containsExactlyInAnyOrderElementsOf(ITEMS)
        .isEqualTo(PathOrder.RANDOM.arrange(ITEMS, new Random(1)));
  }
}
