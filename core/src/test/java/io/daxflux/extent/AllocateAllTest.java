package io.daxflux.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Batches: where they lie, when they are refused, and that a refusal changes nothing. */
class AllocateAllTest {
  @Test
  void nothingIsAskedForAndNothingTaken() {
    ExtentSpace<Extent> space = FreeRuns.of(5, 3);

    assertThat(space.allocateAll(List.of())).isTrue();
    assertThat(FreeRuns.lengths(space)).containsExactly(5L, 3L);
  }

  @Test
  void liesSideBySideInTheSmallestRunThatHoldsAll() {
    ExtentSpace<Extent> space = FreeRuns.of(20, 9, 10, 12);

    assertThat(firstBlocks(space, extents(3, 4, 3))).containsExactly(31L, 34L, 38L);
  }

  @Test
  void fillsTheLongestRunsInOrderAndEndsInTheSmallestThatHoldsTheRest() {
    ExtentSpace<Extent> space = FreeRuns.of(7, 20, 18, 9);

    assertThat(firstBlocks(space, extents(8, 8, 8))).containsExactly(8L, 16L, 48L);
  }

  @Test
  void shorterLastExtentGoesBehindItsPredecessorWhereItFits() {
    ExtentSpace<Extent> space = FreeRuns.of(10, 3, 14);

    assertThat(firstBlocks(space, extents(10, 4))).containsExactly(15L, 25L);
  }

  @Test
  void shortExtentThatComesFirstDoesNotTakeTheOnlyPlaceOfALongOne() {
    ExtentSpace<Extent> space = FreeRuns.of(10, 5);

    assertThat(firstBlocks(space, extents(1, 10))).containsExactly(11L, 0L);
  }

  @Test
  void refusalLeavesTheSpaceAsItWas() {
    ExtentSpace<Extent> space = FreeRuns.of(10, 5, 10);
    List<Tile<Extent>> before = Tile.of(space);

    assertThat(space.allocateAll(extents(9, 9, 6))).isFalse();
    assertThat(space.allocateAll(extents(10, 10, 5, 1))).isFalse();
    assertThat(space.allocateAll(extents(1, 11))).isFalse();

    assertThat(Tile.of(space)).isEqualTo(before);
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
          ExtentSpace<Extent> space = FreeRuns.of(runs);
          List<Extent> wanted = extents(lengths);

          assertThat(space.allocateAll(wanted)).isEqualTo(fewest >= 0);

          if (fewest >= 0) {
            assertThat(separateRuns(space, wanted)).isEqualTo(fewest);
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
          ExtentSpace<Extent> space = FreeRuns.of(runs);
          List<Tile<Extent>> before = Tile.of(space);

          List<Extent> wanted = extents(lengths);

          if (space.allocateAll(wanted)) {
            assertThat(fits(runs, lengths, 0)).isTrue();
            assertThat(wanted).allMatch(extent -> extent.firstBlock() >= 0);
          } else {
            assertThat(Tile.of(space)).isEqualTo(before);
          }
        });
  }

  private static void compareWithSearch(Random random, long[] lengths) {
    long[] runs = random.longs(1 + random.nextInt(5), 1, 25).toArray();

    assertThat(FreeRuns.of(runs).allocateAll(extents(lengths)))
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

  private static int separateRuns(ExtentSpace<Extent> space, List<Extent> extents) {
    int runs = 0;
    for (Extent extent : extents) {
      Extent before = space.before(extent);
      boolean follows = extents.contains(before) && space.blocksBetween(before, extent) == 0;
      runs += follows ? 0 : 1;
    }
    return runs;
  }

  private static List<Extent> extents(long... lengths) {
    return Arrays.stream(lengths).mapToObj(Extent::new).toList();
  }

  private static List<Long> firstBlocks(ExtentSpace<Extent> space, List<Extent> extents) {
    assertThat(space.allocateAll(extents)).isTrue();
    return extents.stream().map(Extent::firstBlock).toList();
  }
}
