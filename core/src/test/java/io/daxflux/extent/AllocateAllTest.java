package io.daxflux.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Batches: where they lie, when they are refused, and that a refusal changes nothing. */
class AllocateAllTest {
  @Test
  void nothingIsAskedForAndNothingTaken() {
    ExtentSpace<String> space = FreeRuns.of(5, 3);

    assertThat(space.allocateAll(new long[0], "x")).isEmpty();
    assertThat(FreeRuns.lengths(space)).containsExactly(5L, 3L);
  }

  @Test
  void liesSideBySideInTheSmallestRunThatHoldsAll() {
    ExtentSpace<String> space = FreeRuns.of(20, 9, 10, 12);

    assertThat(space.allocateAll(new long[] {3, 4, 3}, "x"))
        .extracting(Extent::firstBlock)
        .containsExactly(31L, 34L, 38L);
  }

  @Test
  void fillsTheLongestRunsInOrderAndEndsInTheSmallestThatHoldsTheRest() {
    ExtentSpace<String> space = FreeRuns.of(7, 20, 18, 9);

    assertThat(space.allocateAll(new long[] {8, 8, 8}, "x"))
        .extracting(Extent::firstBlock)
        .containsExactly(8L, 16L, 48L);
  }

  @Test
  void shorterLastExtentGoesBehindItsPredecessorWhereItFits() {
    ExtentSpace<String> space = FreeRuns.of(10, 3, 14);

    assertThat(space.allocateAll(new long[] {10, 4}, "x"))
        .extracting(Extent::firstBlock)
        .containsExactly(15L, 25L);
  }

  @Test
  void shortExtentThatComesFirstDoesNotTakeTheOnlyPlaceOfALongOne() {
    ExtentSpace<String> space = FreeRuns.of(10, 5);

    assertThat(space.allocateAll(new long[] {1, 10}, "x"))
        .extracting(Extent::firstBlock)
        .containsExactly(11L, 0L);
  }

  @Test
  void refusalLeavesTheSpaceAsItWas() {
    ExtentSpace<String> space = FreeRuns.of(10, 5, 10);
    List<String> before = FreeRuns.layout(space);

    assertThat(space.allocateAll(new long[] {9, 9, 6}, "x")).isNull();
    assertThat(space.allocateAll(new long[] {10, 10, 5, 1}, "x")).isNull();
    assertThat(space.allocateAll(new long[] {1, 11}, "x")).isNull();

    assertThat(FreeRuns.layout(space)).isEqualTo(before);
    assertThat(FreeRuns.lengths(space)).containsExactly(10L, 5L, 10L);
    assertThat(space.freeBlocks()).isEqualTo(25);
    assertThat(space.freeRuns()).isEqualTo(3);
  }

  @Test
  void equalLengthsGetAPlaceWheneverThereIsOneAndInTheFewestRuns() {
    Seeds.forEach(
        500,
        random -> {
          long[] runs = random.longs(1 + random.nextInt(6), 1, 25).toArray();
          long length = 1 + random.nextInt(8);
          long[] lengths = new long[1 + random.nextInt(12)];
          Arrays.fill(lengths, length);

          int fewest = fewestRuns(runs, length, lengths.length);
          List<Extent<String>> taken = FreeRuns.of(runs).allocateAll(lengths, "x");

          if (fewest < 0) {
            assertThat(taken).isNull();
          } else {
            assertThat(separateRuns(taken)).isEqualTo(fewest);
          }
        });
  }

  @Test
  void equalLengthsWithAShorterOneAmongThemGetAPlaceWheneverThereIsOne() {
    Seeds.forEach(
        500,
        random -> {
          long[] lengths = new long[2 + random.nextInt(5)];
          long length = 2 + random.nextInt(8);
          Arrays.fill(lengths, length);
          lengths[random.nextInt(lengths.length)] = 1 + random.nextInt((int) length - 1);
          compareWithSearch(random, lengths);
        });
  }

  @Test
  void mixedLengthsAreNeverPlacedWhereNoSearchFindsAPlace() {
    Seeds.forEach(
        500,
        random -> {
          long[] lengths = random.longs(1 + random.nextInt(5), 1, 12).toArray();
          long[] runs = random.longs(1 + random.nextInt(5), 1, 25).toArray();
          ExtentSpace<String> space = FreeRuns.of(runs);
          List<String> before = FreeRuns.layout(space);

          List<Extent<String>> taken = space.allocateAll(lengths, "x");

          if (taken == null) {
            assertThat(FreeRuns.layout(space)).isEqualTo(before);
          } else {
            assertThat(fits(runs, lengths, 0)).isTrue();
            assertThat(taken).extracting(Extent::blocks).containsExactly(boxed(lengths));
          }
        });
  }

  private static void compareWithSearch(Random random, long[] lengths) {
    long[] runs = random.longs(1 + random.nextInt(5), 1, 25).toArray();

    List<Extent<String>> taken = FreeRuns.of(runs).allocateAll(lengths, "x");

    assertThat(taken != null)
        .as("%s in %s", Arrays.toString(lengths), Arrays.toString(runs))
        .isEqualTo(fits(runs, lengths, 0));
  }

  /** Whether any placement at all holds these lengths, by trying every one. */
  private static boolean fits(long[] runs, long[] lengths, int next) {
    if (next == lengths.length) {
      return true;
    }
    for (int run = 0; run < runs.length; run++) {
      if (runs[run] >= lengths[next]) {
        runs[run] -= lengths[next];
        boolean found = fits(runs, lengths, next + 1);
        runs[run] += lengths[next];
        if (found) {
          return true;
        }
      }
    }
    return false;
  }

  /** How few runs hold this many extents of one length, by trying every subset; -1 for none. */
  private static int fewestRuns(long[] runs, long length, int count) {
    int fewest = -1;
    for (int subset = 0; subset < 1 << runs.length; subset++) {
      long places = 0;
      for (int run = 0; run < runs.length; run++) {
        places += (subset >> run & 1) * (runs[run] / length);
      }
      int size = Integer.bitCount(subset);
      if (places >= count && (fewest < 0 || size < fewest)) {
        fewest = size;
      }
    }
    return fewest;
  }

  private static int separateRuns(List<Extent<String>> extents) {
    List<Extent<String>> starts = new ArrayList<>();
    for (Extent<String> extent : extents) {
      if (extent.previous() == null || !extents.contains(extent.previous())) {
        starts.add(extent);
      }
    }
    return starts.size();
  }

  private static Long[] boxed(long[] lengths) {
    return Arrays.stream(lengths).boxed().toArray(Long[]::new);
  }
}
