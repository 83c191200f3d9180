package io.daxflux.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random operations, compared after each with a bit set of the blocks that are owned. */
class ExtentSpaceModelTest {
  private record Run(int first, int length) {
    int end() {
      return first + length;
    }
  }

  @Test
  void agreesWithABitSetAfterEveryOperation() {
    Seeds.forEach(40, random -> new Play(random).run(800));
  }

  private static final class Play {
    private final Random random;
    private final int blocks;
    private final ExtentSpace<Extent> space;
    private final BitSet owned = new BitSet();
    private final List<Extent> extents = new ArrayList<>();

    Play(Random random) {
      this.random = random;
      this.blocks = 1 + random.nextInt(random.nextBoolean() ? 200 : 10);
      this.space = ExtentSpace.of(blocks);
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        step();
        checkAll();
      }
      while (!extents.isEmpty()) {
        free();
        checkAll();
      }
      assertThat(space.largestRun()).isEqualTo(blocks);
    }

    private void step() {
      switch (random.nextInt(10)) {
        case 0, 1 -> allocate();
        case 2 -> allocateBehind();
        case 3 -> allocateInRun();
        case 4 -> allocateAll();
        case 5, 6, 7 -> free();
        case 8 -> freeTwice();
        case 9 -> allocateApart();
        default -> throw new AssertionError();
      }
    }

    private void allocate() {
      int length = anyLength();
      Extent extent = new Extent(length);
      expect(smallest(length), extent, space.allocate(extent));
    }

    private void allocateBehind() {
      if (extents.isEmpty()) {
        return;
      }
      Extent predecessor = extents.get(random.nextInt(extents.size()));
      int length = anyLength();
      Run behind =
          freeRuns().stream()
              .filter(run -> run.first == end(predecessor) && run.length >= length)
              .findFirst()
              .orElse(null);
      Extent extent = new Extent(length);
      expect(behind, extent, space.allocateBehind(predecessor, extent));
    }

    private void allocateInRun() {
      int length = anyLength();
      int wished = anyLength();
      Run run = smallest(Math.max(length, wished));
      Extent extent = new Extent(length);
      expect(run == null ? smallest(length) : run, extent, space.allocateInRun(wished, extent));
    }

    private void allocateApart() {
      int length = anyLength();
      int wished = anyLength();
      Extent extent = new Extent(length);
      Run longest =
          freeRuns().stream()
              .max(Comparator.comparing(Run::length).thenComparing(Run::first))
              .orElse(new Run(0, 0));
      int skipped = Math.min(longest.length / (2 * length), 64) * length;
      boolean isShared =
          longest.length >= 8 * length && longest.length - skipped >= Math.max(length, wished);
      Run run = isShared ? longest : smallest(Math.max(length, wished));
      int most = freeRuns().stream().mapToInt(each -> each.length / length).sum();
      expect(
          run == null ? smallest(length) : run,
          isShared ? skipped : 0,
          extent,
          space.allocateApart(wished, extent));
      if (isShared) {
        assertThat(freeRuns().stream().mapToInt(each -> each.length / length).sum())
            .as("as many of its length fit as anywhere")
            .isEqualTo(most - 1);
      }
    }

    private void expect(Run run, Extent extent, FreeRun<Extent> cut) {
      expect(run, 0, extent, cut);
    }

    private void expect(Run run, int skipped, Extent extent, FreeRun<Extent> cut) {
      if (run == null) {
        assertThat(cut).isNull();
        assertThat(extent.firstBlock()).isNegative();
        return;
      }
      assertThat(runOf(cut)).isEqualTo(run);
      assertThat(extent.firstBlock()).isEqualTo(run.first + skipped);
      own(extent);
    }

    private static int end(Extent extent) {
      return (int) (extent.firstBlock() + extent.blocks());
    }

    private void own(Extent taken) {
      int first = (int) taken.firstBlock();
      int end = end(taken);
      assertThat(owned.get(first, end).isEmpty()).as("nobody has the blocks of %s", taken).isTrue();
      owned.set(first, end);
      extents.add(taken);
    }

    private void allocateAll() {
      List<Extent> wanted =
          Stream.generate(() -> new Extent(anyLength())).limit(random.nextInt(6)).toList();
      if (space.allocateAll(wanted)) {
        wanted.forEach(this::own);
      } else {
        assertThat(wanted.stream().mapToLong(Extent::blocks).sum())
            .as("what one run holds fits")
            .isGreaterThan(space.largestRun());
      }
    }

    private void free() {
      if (!extents.isEmpty()) {
        Extent extent = extents.remove(random.nextInt(extents.size()));
        owned.clear((int) extent.firstBlock(), end(extent));
        space.free(extent);
      }
    }

    private void freeTwice() {
      if (!extents.isEmpty()) {
        Extent extent = extents.getLast();
        extents.removeLast();
        owned.clear((int) extent.firstBlock(), end(extent));
        space.free(extent);
        if (random.nextBoolean()) {
          allocate();
        }
        assertThatIllegalStateException().isThrownBy(() -> space.free(extent));
      }
    }

    private void checkAll() {
      List<Run> free = freeRuns();
      int longest = free.stream().mapToInt(Run::length).max().orElse(0);
      assertThat(space.freeBlocks()).isEqualTo(blocks - owned.cardinality());
      assertThat(space.largestRun()).isEqualTo(longest);
      assertThat(space.freeRuns()).isEqualTo(free.size());
      checkTiling(free);
      int atMost = random.nextInt(5);
      assertThat(space.longestFreeRuns(atMost).stream().map(Play::runOf).toList())
          .isEqualTo(
              free.stream()
                  .sorted(Comparator.comparing(Run::length).thenComparing(Run::first).reversed())
                  .limit(atMost)
                  .toList());
    }

    private void checkTiling(List<Run> free) {
      List<Tile<Extent>> tiles = Tile.of(space);
      assertThat(tiles.stream().filter(Tile::isFree).map(Play::runOf).toList()).isEqualTo(free);
      List<Extent> owners = new ArrayList<>();
      for (Tile<Extent> tile : tiles) {
        if (!tile.isFree()) {
          assertThat(tile.owner().firstBlock()).isEqualTo(tile.firstBlock());
          assertThat(tile.owner().blocks()).isEqualTo(tile.blocks());
          owners.add(tile.owner());
        }
      }
      assertThat(owners).containsExactlyInAnyOrderElementsOf(extents);
    }

    private Run smallest(int atLeast) {
      return freeRuns().stream()
          .filter(run -> run.length >= atLeast)
          .min(Comparator.comparing(Run::length).thenComparing(Run::first))
          .orElse(null);
    }

    private List<Run> freeRuns() {
      List<Run> runs = new ArrayList<>();
      for (int first = owned.nextClearBit(0); first < blocks; ) {
        int end = owned.nextSetBit(first);
        Run run = new Run(first, (end < 0 ? blocks : end) - first);
        runs.add(run);
        first = owned.nextClearBit(run.end());
      }
      return runs;
    }

    private static Run runOf(Tile<?> tile) {
      return new Run((int) tile.firstBlock(), (int) tile.blocks());
    }

    private static Run runOf(FreeRun<?> run) {
      return new Run((int) run.firstBlock(), (int) run.blocks());
    }

    /** Mostly short; now and then as long as the space, or a block longer. */
    private int anyLength() {
      return random.nextInt(20) == 0
          ? blocks + random.nextInt(2)
          : 1 + random.nextInt(Math.max(1, blocks / 8));
    }
  }
}
