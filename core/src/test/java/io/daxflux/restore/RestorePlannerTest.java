package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.restore.RestorePlanner.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RestorePlannerTest {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @EnumSource
  void nothingNeedsNoRegion(Order order) {
    assertThat(RestorePlanner.plan(List.of(), order, PlanLimits.of(2))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void oneLargeChunkIsSplitOverAllWorkers(Order order) {
    List<Region> regions = RestorePlanner.plan(adjacent(1, 40 * MIB), order, PlanLimits.of(4));

    assertThat(regions)
        .extracting(Region::bytes)
        .containsExactly(10 * MIB, 10 * MIB, 10 * MIB, 10 * MIB);
    assertThat(regions.get(1))
        .isEqualTo(
            new Region(
                List.of(new Span(10 * MIB, 0, 10 * MIB, 10 * MIB)),
                List.of(new Transfer(0, 10 * MIB, 0, 10 * MIB, 10 * MIB)),
                10 * MIB));
  }

  @ParameterizedTest
  @CsvSource({"512, 2", "511, 1", "256, 1", "1, 1"})
  void littleIsNotSplitBelowTheMinimum(long kib, int regions) {
    assertThat(RestorePlanner.plan(adjacent(1, kib * KIB), Order.BY_ARENA, PlanLimits.of(2)))
        .hasSize(regions);
  }

  @Test
  void adjacentChunksRestoreAsOneSpanARegion() {
    List<Region> regions =
        RestorePlanner.plan(adjacent(1000, 64 * KIB), Order.BY_ARENA, PlanLimits.of(2));

    assertThat(regions).hasSize(2).allSatisfy(region -> assertThat(region.spans()).hasSize(1));
    assertThat(regions.getFirst().parts()).hasSize(500);
  }

  @Test
  void aWholeIsCopiedInTheOrderOfTheArena() {
    Transfer high = new Transfer(0, MIB, 0, MIB, MIB);
    Transfer low = new Transfer(1, 0, 0, 0, MIB);

    List<Region> regions =
        RestorePlanner.plan(List.of(high, low), Order.BY_ARENA, PlanLimits.of(1));

    assertThat(regions)
        .containsExactly(
            new Region(List.of(new Span(0, 0, 0, 2 * MIB)), List.of(low, high), 2 * MIB));
  }

  @Test
  void theSameExtentMayBeCopiedTwice() {
    Transfer one = new Transfer(0, 0, 0, 0, MIB);
    Transfer other = new Transfer(1, 0, 1, 0, MIB);

    List<Region> regions =
        RestorePlanner.plan(List.of(one, other), Order.BY_ARENA, PlanLimits.of(1));

    assertThat(regions).singleElement().extracting(Region::parts).isEqualTo(List.of(one, other));
  }

  @Test
  void oneSideAdjacentIsNotASpan() {
    Transfer first = new Transfer(0, 0, 0, 0, MIB);
    Transfer otherMemory = new Transfer(1, MIB, 1, MIB, MIB);
    Transfer gapInMemory = new Transfer(2, 2 * MIB, 1, 3 * MIB, MIB);
    Transfer gapInArena = new Transfer(3, 4 * MIB, 1, 4 * MIB, MIB);

    List<Region> regions =
        RestorePlanner.plan(
            List.of(first, otherMemory, gapInMemory, gapInArena), Order.BY_ARENA, PlanLimits.of(1));

    assertThat(regions).singleElement().satisfies(region -> assertThat(region.spans()).hasSize(4));
  }

  @ParameterizedTest
  @CsvSource({"2, 20, 40", "2, 20, 17", "4, 20, 40", "8, 20, 40", "8, 20, 4", "2, 40, 1"})
  void theFirstChunkOfAStreamTakesItsShareOfTheTime(int workers, int chunks, long chunkMib) {
    List<Region> regions =
        RestorePlanner.plan(
            adjacent(chunks, chunkMib * MIB), Order.AS_GIVEN, PlanLimits.of(workers));

    long[] ends = chunkEnds(regions, workers, chunks);

    assertThat(ends[0] * 10).isLessThan(ends[chunks - 1]);
    assertThat(ends).isSorted();
    assertThat(ends[chunks - 1] * workers).isLessThanOrEqualTo(chunks * chunkMib * MIB * 11 / 10);
  }

  @Test
  void smallChunksOfAStreamAreGroupedIntoLargerAndLargerRegions() {
    List<Region> regions =
        RestorePlanner.plan(adjacent(16_384, 64 * KIB), Order.AS_GIVEN, PlanLimits.of(2));

    assertThat(regions.getFirst().bytes()).isEqualTo(256 * KIB);
    assertThat(regions.get(regions.size() / 2).bytes()).isEqualTo(4 * MIB);
    assertThat(regions).hasSizeLessThan(400);
  }

  @Test
  void aSmallChunkOfAStreamDoesNotWaitForALargeOneBehindIt() {
    Transfer small = new Transfer(0, 0, 0, 0, 64 * KIB);
    Transfer large = new Transfer(1, 64 * KIB, 0, 64 * KIB, 40 * MIB);

    List<Region> regions =
        RestorePlanner.plan(List.of(small, large), Order.AS_GIVEN, PlanLimits.of(2));

    assertThat(regions).extracting(Region::bytes).containsExactly(64 * KIB, 20 * MIB, 20 * MIB);
  }

  @Test
  void limitsNameWhatTheyExpect() {
    assertThatThrownBy(() -> PlanLimits.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("workers: expected at least 1, found 0");
    assertThatThrownBy(() -> new PlanLimits(1, 63, 128))
        .hasMessage("minRegionBytes: expected at least 64, found 63");
    assertThatThrownBy(() -> new PlanLimits(1, 64, 100))
        .hasMessage(
            "maxRegionBytes: expected a multiple of 64 and at least twice minRegionBytes (64),"
                + " found 100");
  }

  private static List<Transfer> adjacent(int chunks, long chunkBytes) {
    List<Transfer> transfers = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      transfers.add(new Transfer(chunk, chunk * chunkBytes, 0, chunk * chunkBytes, chunkBytes));
    }
    return transfers;
  }

  /** When each chunk is complete, if workers take region after region and copy a byte a tick. */
  private static long[] chunkEnds(List<Region> regions, int workers, int chunks) {
    PriorityQueue<Long> workerFree = new PriorityQueue<>();
    for (int worker = 0; worker < workers; worker++) {
      workerFree.add(0L);
    }
    long[] ends = new long[chunks];
    for (Region region : regions) {
      long end = workerFree.remove() + region.bytes();
      workerFree.add(end);
      for (Transfer part : region.parts()) {
        ends[part.chunk()] = Math.max(ends[part.chunk()], end);
      }
    }
    return ends;
  }
}
