package io.daxflux.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtentSpaceTest {
  private final ExtentSpace<Extent> space = ExtentSpace.of(100);
  private final Map<Extent, String> names = new HashMap<>();

  @Test
  void spaceNeedsABlock() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExtentSpace.of(0))
        .withMessage("blocks: expected at least 1, found 0");
  }

  @Test
  void newSpaceIsOneFreeRun() {
    assertThat(layout()).containsExactly("-100");
    assertThat(space.largestRun()).isEqualTo(100);
    assertThat(space.freeRuns()).isEqualTo(1);
  }

  @Test
  void wholeSpaceCanBeTaken() {
    Extent all = new Extent(100);

    assertThat(space.allocate(all)).isNotNull();

    assertThat(all.firstBlock()).isZero();
    assertThat(space.before(all)).isNull();
    assertThat(space.behind(all)).isNull();
    assertThat(space.freeBlocks()).isZero();
    assertThat(space.largestRun()).isZero();
    assertThat(space.freeRuns()).isZero();
    assertThat(space.longestFreeRuns(3)).isEmpty();
    assertThat(space.allocate(new Extent(1))).isNull();
  }

  @Test
  void moreThanTheSpaceIsRefused() {
    assertThat(space.allocate(new Extent(101))).isNull();
    assertThat(space.allocate(new Extent(Long.MAX_VALUE))).isNull();
    assertThat(layout()).containsExactly("-100");
  }

  @Test
  void takesTheSmallestRunThatFitsAndOfEqualsTheFirst() {
    lay("a5", "-7", "b5", "-3", "c5", "-3", "d5");

    assertThat(space.allocate(new Extent(3)).firstBlock()).isEqualTo(17);
    assertThat(space.allocate(new Extent(3)).firstBlock()).isEqualTo(25);
    assertThat(space.allocate(new Extent(3)).firstBlock()).isEqualTo(5);
  }

  @Test
  void behindTakesTheRunThatFollows() {
    lay("a5", "-7", "b5");
    Extent a = at(0);

    assertThat(space.allocateBehind(a, new Extent(8))).isNull();
    assertThat(space.allocateBehind(a, new Extent(7)).firstBlock()).isEqualTo(5);
    assertThat(space.allocateBehind(a, new Extent(1))).as("what follows is taken").isNull();
  }

  @Test
  void partsOfARunAreUsableNoSoonerThanTheRun() {
    lay("a5", "b7", "c5");
    space.free(at(5), 3);

    assertThat(space.allocate(new Extent(2)).usableAfter()).isEqualTo(3);
    assertThat(space.allocate(new Extent(5)).usableAfter()).isEqualTo(3);
  }

  @Test
  void joinedRunIsUsableNoSoonerThanItsParts() {
    lay("a5", "b7", "c5");
    space.free(at(5), 3);
    space.free(at(12), 2);
    space.free(at(0), 1);

    assertThat(space.allocate(new Extent(100)).usableAfter()).isEqualTo(3);
  }

  /**
   * Whoever takes a place may give it back before the event is over, and without one of its own.
   */
  @Test
  void whatIsGivenBackUnusedIsUsableNoSooner() {
    lay("a5", "b7", "c5");
    space.free(at(5), 3);
    Extent unused = new Extent(7);
    long usableAfter = space.allocate(unused).usableAfter();
    space.free(at(0));
    space.free(at(12));

    space.free(unused, usableAfter);

    assertThat(space.allocate(new Extent(100)).usableAfter()).isEqualTo(3);
  }

  @Test
  void nothingLiesBehindTheLastBlock() {
    Extent all = taken(100);

    assertThat(space.allocateBehind(all, new Extent(1))).isNull();
  }

  @Test
  void longRunIsStartedWhereThereIsOneAndOtherwiseTheSmallestThatFits() {
    lay("a5", "-7", "b5", "-20", "c5", "-12", "d46");

    assertThat(space.allocateInRun(10, new Extent(5)).firstBlock()).isEqualTo(42);
    assertThat(space.allocateInRun(21, new Extent(5)).firstBlock()).isEqualTo(5);
  }

  @Test
  void wishShorterThanTheExtentIsNoWish() {
    lay("a5", "-2", "b5", "-20", "c68");

    assertThat(space.allocateInRun(1, new Extent(3)).firstBlock()).isEqualTo(12);
    assertThat(space.allocateInRun(-1, new Extent(18))).isNull();
    assertThat(space.freeBlocks()).isEqualTo(19);
  }

  @Test
  void rowsThatTakeTurnsStartInTheMiddleOfTheLongestRun() {
    lay("a20", "b5", "-75");
    space.free(at(0));

    assertThat(space.allocateApart(0, new Extent(7))).isNotNull();
    assertThat(layout())
        .as("five lengths into it")
        .containsExactly("-20", "b5", "-35", "?7", "-33");
    assertThat(space.allocateApart(0, new Extent(2))).isNotNull();
    assertThat(layout()).containsExactly("-20", "b5", "-16", "?2", "-17", "?7", "-33");
  }

  @Test
  void rowStartsNoFurtherInThanRowsAreLongAsARule() {
    ExtentSpace<Extent> large = ExtentSpace.of(1_000_000);

    assertThat(startApart(large, 0, new Extent(10))).isEqualTo(640);
    assertThat(startApart(large, 0, new Extent(10))).isEqualTo(650 + 640);
  }

  private static long startApart(ExtentSpace<Extent> space, long runLength, Extent extent) {
    assertThat(space.allocateApart(runLength, extent)).isNotNull();
    return extent.firstBlock();
  }

  @Test
  void runThatIsTooShortForTwoRowsIsNotShared() {
    lay("a5", "-7", "b5", "-15", "c68");

    assertThat(startApart(space, 0, new Extent(2))).as("the smallest that fits").isEqualTo(5);
    space.free(at(17 + 15));
    assertThat(startApart(space, 70, new Extent(2))).as("for those that follow").isEqualTo(17);
    assertThat(space.allocateApart(0, new Extent(100))).isNull();
  }

  @Test
  void partsOnBothSidesAreUsableNoSoonerThanTheRun() {
    lay("a100");
    space.free(at(0), 3);

    assertThat(space.allocateApart(0, new Extent(2)).usableAfter()).isEqualTo(3);
    assertThat(space.longestFreeRuns(2)).extracting(FreeRun::usableAfter).containsExactly(3L, 3L);
  }

  @Test
  void lengthsBelowOneAreRefusedWhereverTheyAreAskedFor() {
    Extent all = taken(100);
    for (long length : new long[] {0, -1, Long.MIN_VALUE}) {
      String message = "length: expected at least 1 block, found " + length;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocate(new Extent(length)))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocateInRun(5, new Extent(length)))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocateApart(5, new Extent(length)))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocateBehind(all, new Extent(length)))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocateAll(extents(1, length)))
          .withMessage(message);
    }
  }

  @Test
  void badLengthInABatchTakesNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> space.allocateAll(extents(5, 5, 0)));

    assertThat(layout()).containsExactly("-100");
  }

  @Test
  void batchWhoseLengthsOverflowTogetherIsRefused() {
    assertThat(space.allocateAll(extents(Long.MAX_VALUE, Long.MAX_VALUE, 3))).isFalse();
    assertThat(space.freeBlocks()).isEqualTo(100);
    assertThat(layout()).containsExactly("-100");
  }

  @Test
  void whatLiesSomewhereIsNotLaidElsewhere() {
    Extent extent = taken(5);

    assertThatIllegalStateException()
        .isThrownBy(() -> space.allocate(extent))
        .withMessage("placed twice: Extent[0+5]");
    assertThat(layout()).containsExactly("?5", "-95");
  }

  @Test
  void freedNeighboursJoinOnBothSides() {
    lay("a10", "b10", "c10", "-70");

    space.free(at(0));
    assertThat(layout()).containsExactly("-10", "b10", "c10", "-70");
    space.free(at(20));
    assertThat(layout()).containsExactly("-10", "b10", "-80");
    space.free(at(10));
    assertThat(layout()).containsExactly("-100");
  }

  @Test
  void freeingTwiceFails() {
    Extent extent = taken(10);
    space.free(extent);

    assertThatIllegalStateException()
        .isThrownBy(() -> space.free(extent))
        .withMessage("freed twice: Extent[-1+10]");
    assertThat(space.freeBlocks()).isEqualTo(100);
  }

  @Test
  void freeingTwiceFailsAlsoWhereAnotherOwnerHasTheBlocksNow() {
    lay("a10", "b10", "c80");
    Extent stale = at(10);
    space.free(stale);
    taken(10);

    assertThatIllegalStateException().isThrownBy(() -> space.free(stale));
    assertThat(layout()).containsExactly("a10", "?10", "c80");
  }

  @Test
  void nothingLiesBehindAnExtentThatWasFreed() {
    lay("a10", "b10", "c10");
    Extent stale = at(10);
    space.free(stale);

    assertThat(space.allocateBehind(stale, new Extent(1))).isNull();
    assertThat(space.before(stale)).isNull();
    assertThat(space.behind(stale)).isNull();
  }

  @Test
  void longestFreeRunsComeLongestFirst() {
    lay("a5", "-7", "b5", "-20", "c5", "-12", "d46");

    assertThat(space.longestFreeRuns(2)).extracting(FreeRun::blocks).containsExactly(20L, 12L);
    assertThat(space.longestFreeRuns(9)).extracting(FreeRun::blocks).containsExactly(20L, 12L, 7L);
    assertThat(space.longestFreeRuns(0)).isEmpty();
  }

  @Test
  void freeRunKnowsWhatLiesBeforeIt() {
    lay("a5", "-7", "b5");

    assertThat(space.longestFreeRuns(2)).extracting(FreeRun::before).containsExactly(at(12), at(0));
  }

  @Test
  void extentNamesItsBlocks() {
    assertThat(taken(5)).hasToString("Extent[0+5]");
  }

  private Extent taken(long blocks) {
    Extent extent = new Extent(blocks);
    assertThat(space.allocate(extent)).isNotNull();
    return extent;
  }

  private static List<Extent> extents(long... lengths) {
    return Arrays.stream(lengths).mapToObj(Extent::new).toList();
  }

  /** Divides the space: "a5" is owned by a, "-7" is free; what is not named stays free. */
  private void lay(String... runs) {
    List<Extent> gaps = new ArrayList<>();
    for (String run : runs) {
      Extent extent = taken(Long.parseLong(run.substring(1)));
      if (run.charAt(0) == '-') {
        gaps.add(extent);
      } else {
        names.put(extent, run.substring(0, 1));
      }
    }
    gaps.forEach(space::free);
  }

  private List<String> layout() {
    return Tile.of(space).stream().map(tile -> nameOf(tile) + tile.blocks()).toList();
  }

  private String nameOf(Tile<Extent> tile) {
    return tile.isFree() ? "-" : names.getOrDefault(tile.owner(), "?");
  }

  private Extent at(long block) {
    return Tile.of(space).stream()
        .filter(tile -> tile.firstBlock() <= block && block < tile.endBlock())
        .findFirst()
        .orElseThrow()
        .owner();
  }
}
