package io.daxflux.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentSpaceTest {
  private final ExtentSpace<String> space = new ExtentSpace<>(100);

  @Test
  void spaceNeedsABlock() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExtentSpace<String>(0))
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
    Extent<String> all = space.allocate(100, "a");

    assertThat(all.firstBlock()).isZero();
    assertThat(all.endBlock()).isEqualTo(100);
    assertThat(all.previous()).isNull();
    assertThat(all.next()).isNull();
    assertThat(space.freeBlocks()).isZero();
    assertThat(space.largestRun()).isZero();
    assertThat(space.freeRuns()).isZero();
    assertThat(space.longestFreeRuns(3)).isEmpty();
    assertThat(space.allocate(1, "b")).isNull();
  }

  @Test
  void moreThanTheSpaceIsRefused() {
    assertThat(space.allocate(101, "a")).isNull();
    assertThat(space.allocate(Long.MAX_VALUE, "a")).isNull();
    assertThat(layout()).containsExactly("-100");
  }

  @Test
  void takesTheSmallestRunThatFitsAndOfEqualsTheFirst() {
    lay("a5", "-7", "b5", "-3", "c5", "-3", "d5");

    assertThat(space.allocate(3, "x").firstBlock()).isEqualTo(17);
    assertThat(space.allocate(3, "x").firstBlock()).isEqualTo(25);
    assertThat(space.allocate(3, "x").firstBlock()).isEqualTo(5);
  }

  @Test
  void behindTakesTheRunThatFollows() {
    lay("a5", "-7", "b5");
    Extent<String> a = at(0);

    assertThat(space.allocateBehind(a, 8, "x")).isNull();
    assertThat(space.allocateBehind(a, 7, "x").firstBlock()).isEqualTo(5);
    assertThat(space.allocateBehind(a, 1, "x")).as("what follows is taken").isNull();
  }

  @Test
  void partsOfARunAreUsableNoSoonerThanTheRun() {
    lay("a5", "b7", "c5");
    space.free(at(5), 3);

    assertThat(space.allocate(2, "x").usableAfter()).isEqualTo(3);
    assertThat(space.allocate(5, "y").usableAfter()).isEqualTo(3);
  }

  @Test
  void joinedRunIsUsableNoSoonerThanItsParts() {
    lay("a5", "b7", "c5");
    space.free(at(5), 3);
    space.free(at(12), 2);
    space.free(at(0), 1);

    assertThat(space.allocate(100, "x").usableAfter()).isEqualTo(3);
  }

  /**
   * Whoever takes a place may give it back before the event is over, and without one of its own.
   */
  @Test
  void whatIsGivenBackUnusedIsUsableNoSooner() {
    lay("a5", "b7", "c5");
    space.free(at(5), 3);
    Extent<String> unused = space.allocate(7, "x");
    space.free(at(0));
    space.free(at(12));

    space.free(unused);

    assertThat(space.allocate(100, "y").usableAfter()).isEqualTo(3);
  }

  @Test
  void nothingLiesBehindTheLastBlock() {
    Extent<String> all = space.allocate(100, "a");

    assertThat(space.allocateBehind(all, 1, "b")).isNull();
  }

  @Test
  void longRunIsStartedWhereThereIsOneAndOtherwiseTheSmallestThatFits() {
    lay("a5", "-7", "b5", "-20", "c5", "-12", "d46");

    assertThat(space.allocateInRun(10, 5, "x").firstBlock()).isEqualTo(42);
    assertThat(space.allocateInRun(21, 5, "x").firstBlock()).isEqualTo(5);
  }

  @Test
  void wishShorterThanTheExtentIsNoWish() {
    lay("a5", "-2", "b5", "-20", "c68");

    assertThat(space.allocateInRun(1, 3, "x").firstBlock()).isEqualTo(12);
    assertThat(space.allocateInRun(-1, 18, "x")).isNull();
    assertThat(space.freeBlocks()).isEqualTo(19);
  }

  @Test
  void lengthsBelowOneAreRefusedWhereverTheyAreAskedFor() {
    Extent<String> all = space.allocate(100, "a");
    for (long length : new long[] {0, -1, Long.MIN_VALUE}) {
      String message = "length: expected at least 1 block, found " + length;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocate(length, "x"))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocateInRun(5, length, "x"))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocateBehind(all, length, "x"))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> space.allocateAll(new long[] {1, length}, "x"))
          .withMessage(message);
    }
  }

  @Test
  void badLengthInABatchTakesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.allocateAll(new long[] {5, 5, 0}, "x"));

    assertThat(layout()).containsExactly("-100");
  }

  @Test
  void batchWhoseLengthsOverflowTogetherIsRefused() {
    assertThat(space.allocateAll(new long[] {Long.MAX_VALUE, Long.MAX_VALUE, 3}, "x")).isNull();
    assertThat(space.freeBlocks()).isEqualTo(100);
    assertThat(layout()).containsExactly("-100");
  }

  @Test
  void nobodyIsNoOwner() {
    assertThatNullPointerException().isThrownBy(() -> space.allocate(5, null));
    assertThatNullPointerException().isThrownBy(() -> space.allocateAll(new long[] {5, 5}, null));

    assertThat(layout()).containsExactly("-100");
    assertThat(space.freeBlocks()).isEqualTo(100);
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
    Extent<String> extent = space.allocate(10, "a");
    space.free(extent);

    assertThatIllegalStateException()
        .isThrownBy(() -> space.free(extent))
        .withMessage("freed twice: Extent[0+10, free]");
    assertThat(space.freeBlocks()).isEqualTo(100);
  }

  @Test
  void freeingTwiceFailsAlsoWhereAnotherOwnerHasTheBlocksNow() {
    lay("a10", "b10", "c80");
    Extent<String> stale = at(10);
    space.free(stale);
    Extent<String> other = space.allocate(10, "x");

    assertThatIllegalStateException().isThrownBy(() -> space.free(stale));
    assertThat(other.owner()).isEqualTo("x");
    assertThat(layout()).containsExactly("a10", "x10", "c80");
  }

  @Test
  void nothingLiesBehindAnExtentThatWasFreed() {
    lay("a10", "b10", "c10");
    Extent<String> stale = at(10);
    space.free(stale);

    assertThat(space.allocateBehind(stale, 1, "x")).isNull();
    assertThat(stale.previous()).isNull();
    assertThat(stale.next()).isNull();
  }

  @Test
  void longestFreeRunsComeLongestFirst() {
    lay("a5", "-7", "b5", "-20", "c5", "-12", "d46");

    assertThat(space.longestFreeRuns(2)).extracting(Extent::blocks).containsExactly(20L, 12L);
    assertThat(space.longestFreeRuns(9)).extracting(Extent::blocks).containsExactly(20L, 12L, 7L);
    assertThat(space.longestFreeRuns(0)).isEmpty();
  }

  @Test
  void extentNamesItsBlocksAndItsOwner() {
    assertThat(space.allocate(5, "a")).hasToString("Extent[0+5, a]");
    assertThat(at(5)).hasToString("Extent[5+95, free]");
  }

  /** Divides the space: "a5" is owned by a, "-7" is free; what is not named stays free. */
  private void lay(String... runs) {
    List<Extent<String>> gaps = new ArrayList<>();
    for (String run : runs) {
      Extent<String> extent = space.allocate(Long.parseLong(run.substring(1)), run.substring(0, 1));
      if (run.charAt(0) == '-') {
        gaps.add(extent);
      }
    }
    gaps.forEach(space::free);
  }

  private List<String> layout() {
    List<String> runs = new ArrayList<>();
    space.forEach(extent -> runs.add((extent.isFree() ? "-" : extent.owner()) + extent.blocks()));
    return runs;
  }

  private Extent<String> at(long block) {
    List<Extent<String>> found = new ArrayList<>();
    space.forEach(
        extent -> {
          if (extent.firstBlock() <= block && block < extent.endBlock()) {
            found.add(extent);
          }
        });
    return found.getFirst();
  }
}
