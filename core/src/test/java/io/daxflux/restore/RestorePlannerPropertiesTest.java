package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestorePlannerPropertiesTest {
  private static final long SLICE_BYTES = 3L << 20;
  private static final long LINE_BYTES = 64;

  @ParameterizedTest
  @EnumSource
  void everyByteIsInExactlyOneRegionAndInOrder(Order order) {
    Seeds.forEach(
        300,
        random -> {
          Case plan = new Case(random, order);
          Iterator<Transfer> parts =
              plan.regions.stream().flatMap(region -> region.parts().stream()).iterator();
          for (Transfer expected : plan.ordered) {
            for (long covered = 0; covered < expected.bytes(); ) {
              Transfer part = parts.next();
              assertThat(part).isEqualTo(expected.part(covered, part.bytes()));
              covered += part.bytes();
              assertThat(covered).isLessThanOrEqualTo(expected.bytes());
            }
          }
          assertThat(parts).isExhausted();
        });
  }

  @ParameterizedTest
  @EnumSource
  void partsTileTheSpansOfTheirRegion(Order order) {
    Seeds.forEach(
        300,
        random -> {
          for (Region region : new Case(random, order).regions) {
            Iterator<Transfer> parts = region.parts().iterator();
            for (Span span : region.spans()) {
              for (long covered = 0; covered < span.bytes(); ) {
                Transfer part = parts.next();
                assertThat(part.arenaOffset()).isEqualTo(span.arenaOffset() + covered);
                assertThat(part.memory()).isEqualTo(span.memory());
                assertThat(part.memoryOffset()).isEqualTo(span.memoryOffset() + covered);
                covered += part.bytes();
                assertThat(covered).isLessThanOrEqualTo(span.bytes());
              }
            }
            assertThat(parts).isExhausted();
            assertThat(region.bytes())
                .isPositive()
                .isEqualTo(region.spans().stream().mapToLong(Span::bytes).sum());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void spansAreMaximalWithinTheirRegion(Order order) {
    Seeds.forEach(
        300,
        random -> {
          for (Region region : new Case(random, order).regions) {
            for (int i = 1; i < region.spans().size(); i++) {
              Span before = region.spans().get(i - 1);
              assertThat(asTransfer(before).adjoins(asTransfer(region.spans().get(i)))).isFalse();
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void cutsWithinASpanLieOnItsLines(Order order) {
    Seeds.forEach(
        300,
        random -> {
          List<Region> regions = new Case(random, order).regions;
          for (int i = 1; i < regions.size(); i++) {
            Transfer before = regions.get(i - 1).parts().getLast();
            Transfer behind = regions.get(i).parts().getFirst();
            // a stream's wave may end at any chunk
            boolean cut = order == Order.BY_ARENA || before.chunk() == behind.chunk();
            if (cut && before.adjoins(behind)) {
              assertThat(regions.get(i - 1).spans().getLast().bytes() % LINE_BYTES).isZero();
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void noRegionExceedsTheBound(Order order) {
    Seeds.forEach(
        300,
        random -> {
          Case plan = new Case(random, order);
          assertThat(plan.regions)
              .allMatch(region -> region.bytes() <= plan.limits.maxRegionBytes());
        });
  }

  @Test
  void aWholeIsBalancedWithinOneSlice() {
    Seeds.forEach(
        300,
        random -> {
          Case plan = new Case(random, Order.BY_ARENA);
          var sizes = plan.regions.stream().mapToLong(Region::bytes).summaryStatistics();
          assertThat(sizes.getMax() - sizes.getMin()).isLessThan(2 * LINE_BYTES);
          assertThat(2 * LINE_BYTES).isLessThan(SLICE_BYTES);
        });
  }

  @Test
  void aWholeHasTheFewestRegionsThatFitAndOccupyAllWorkers() {
    Seeds.forEach(
        300,
        random -> {
          Case plan = new Case(random, Order.BY_ARENA);
          PlanLimits limits = plan.limits;
          int count = plan.regions.size();
          if (plan.bytes() < limits.workers() * limits.minRegionBytes()) {
            assertThat(count).isEqualTo((int) Math.max(1, plan.bytes() / limits.minRegionBytes()));
          } else {
            assertThat(count % limits.workers()).isZero();
            long fewer = (long) count - limits.workers();
            assertThat(fewer * (limits.maxRegionBytes() - LINE_BYTES)).isLessThan(plan.bytes());
          }
        });
  }

  @Test
  void aWholeHasNoRegionBelowTheMinimum() {
    Seeds.forEach(
        300,
        random -> {
          Case plan = new Case(random, Order.BY_ARENA);
          long least = Math.min(plan.bytes(), plan.limits.minRegionBytes() - LINE_BYTES);
          assertThat(plan.regions).allMatch(region -> region.bytes() >= least);
        });
  }

  @Test
  void noChunkOfAStreamWaitsLongForItsNeighbours() {
    Seeds.forEach(
        300,
        random -> {
          Case plan = new Case(random, Order.AS_GIVEN);
          long smallestWave = plan.limits.workers() * plan.limits.minRegionBytes();
          long regionEnd = 0;
          long chunkEnd = 0;
          for (Region region : plan.regions) {
            regionEnd += region.bytes();
            for (Transfer part : region.parts()) {
              chunkEnd += part.bytes();
              assertThat(regionEnd - chunkEnd - restOfChunk(region, part))
                  .isLessThan(2 * Math.max(smallestWave, chunkEnd / 2));
            }
          }
        });
  }

  private static long restOfChunk(Region region, Transfer part) {
    return region.parts().stream()
        .dropWhile(other -> !other.equals(part))
        .skip(1)
        .filter(other -> other.chunk() == part.chunk())
        .mapToLong(Transfer::bytes)
        .sum();
  }

  private static Transfer asTransfer(Span span) {
    return new Transfer(0, span.arenaOffset(), span.memory(), span.memoryOffset(), span.bytes());
  }

  /** A random request, planned within random limits. */
  private static final class Case {
    final PlanLimits limits;
    final List<Transfer> ordered;
    final List<Region> regions;

    Case(Random random, Order order) {
      List<Transfer> transfers =
          new RandomTransfers(random).next(1 + random.nextInt(300), 8L << 20);
      ordered = new ArrayList<>(transfers);
      int workers = 1 + random.nextInt(8);
      long minRegionBytes = 128 + random.nextLong(256 << 10);
      long loose = 2 * minRegionBytes + 64 + random.nextInt(32 << 20);
      long tight = bytes() / workers / (1 + random.nextInt(4)); // just fits if lines are kept free
      long maxRegionBytes = random.nextBoolean() ? loose : Math.max(2 * minRegionBytes, tight);
      limits = new PlanLimits(workers, minRegionBytes, Math.ceilDiv(maxRegionBytes, 64) * 64);
      if (order == Order.BY_ARENA) {
        ordered.sort(Comparator.comparingLong(Transfer::arenaOffset));
      }
      regions = RestorePlanner.plan(transfers, order, limits);
    }

    long bytes() {
      return ordered.stream().mapToLong(Transfer::bytes).sum();
    }
  }
}
