package io.daxflux.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
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
    private final ExtentSpace<Integer> space;
    private final BitSet owned = new BitSet();
    private final List<Extent<Integer>> extents = new ArrayList<>();
    private int owners;

    Play(Random random) {
      this.random = random;
      this.blocks = 1 + random.nextInt(random.nextBoolean() ? 200 : 10);
      this.space = new ExtentSpace<>(blocks);
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
      switch (random.nextInt(9)) {
        case 0, 1 -> allocate();
        case 2 -> allocateBehind();
        case 3 -> allocateInRun();
        case 4 -> allocateAll();
        case 5, 6, 7 -> free();
        case 8 -> freeTwice();
        default -> throw new AssertionError();
      }
    }

    private void allocate() {
      int length = anyLength();
      expect(smallest(length), length, space.allocate(length, ++owners));
    }

    private void allocateBehind() {
      if (extents.isEmpty()) {
        return;
      }
      Extent<Integer> predecessor = extents.get(random.nextInt(extents.size()));
      int length = anyLength();
      Run behind =
          freeRuns().stream()
              .filter(run -> run.first == predecessor.endBlock() && run.length >= length)
              .findFirst()
              .orElse(null);
      expect(behind, length, space.allocateBehind(predecessor, length, ++owners));
    }

    private void allocateInRun() {
      int length = anyLength();
      int wished = anyLength();
      Run run = smallest(Math.max(length, wished));
      expect(
          run == null ? smallest(length) : run,
          length,
          space.allocateInRun(wished, length, ++owners));
    }

    private void expect(Run run, int length, Extent<Integer> taken) {
      if (run == null) {
        assertThat(taken).isNull();
        return;
      }
      assertThat(taken.firstBlock()).isEqualTo(run.first);
      assertThat(taken.blocks()).isEqualTo(length);
      assertThat(taken.owner()).isEqualTo(owners);
      own(taken);
    }

    private void own(Extent<Integer> taken) {
      int first = (int) taken.firstBlock();
      int end = (int) taken.endBlock();
      assertThat(owned.get(first, end).isEmpty()).as("nobody has the blocks of %s", taken).isTrue();
      owned.set(first, end);
      extents.add(taken);
    }

    private void allocateAll() {
      long[] lengths = LongStream.generate(this::anyLength).limit(random.nextInt(6)).toArray();
      List<Extent<Integer>> taken = space.allocateAll(lengths, ++owners);
      if (taken == null) {
        assertThat(Arrays.stream(lengths).sum())
            .as("what one run holds fits")
            .isGreaterThan(space.largestRun());
        return;
      }
      assertThat(taken.stream().mapToLong(Extent::blocks).toArray()).isEqualTo(lengths);
      taken.forEach(this::own);
    }

    private void free() {
      if (!extents.isEmpty()) {
        Extent<Integer> extent = extents.remove(random.nextInt(extents.size()));
        owned.clear((int) extent.firstBlock(), (int) extent.endBlock());
        space.free(extent);
      }
    }

    private void freeTwice() {
      if (!extents.isEmpty()) {
        Extent<Integer> extent = extents.getLast();
        extents.removeLast();
        owned.clear((int) extent.firstBlock(), (int) extent.endBlock());
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
      List<Extent<Integer>> visited = new ArrayList<>();
      space.forEach(visited::add);
      long end = 0;
      Extent<Integer> previous = null;
      for (Extent<Integer> extent : visited) {
        assertThat(extent.firstBlock()).isEqualTo(end);
        assertThat(extent.previous()).isSameAs(previous);
        end = extent.endBlock();
        previous = extent;
      }
      assertThat(end).isEqualTo(blocks);
      assertThat(visited.stream().filter(Extent::isFree).map(Play::runOf).toList()).isEqualTo(free);
      visited.removeIf(Extent::isFree);
      assertThat(visited).hasSameSizeAs(extents);
      assertThat(Set.copyOf(visited)).isEqualTo(Set.copyOf(extents));
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

    private static Run runOf(Extent<?> extent) {
      return new Run((int) extent.firstBlock(), (int) extent.blocks());
    }

    /** Mostly short; now and then as long as the space, or a block longer. */
    private int anyLength() {
      return random.nextInt(20) == 0
          ? blocks + random.nextInt(2)
          : 1 + random.nextInt(Math.max(1, blocks / 8));
    }
  }
}
