package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.testkit.Seeds;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans of which chunks are checked. */
class CheckedPlanTest {
  private static final long MIB = 1L << 20;
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
          for (Transfer expected : plan.transfers) { // given in the arena's order
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
  void regionsHoldWholeSlicesOfCheckedChunks(Order order) {
    Seeds.forEach(
        300,
        random -> {
          for (Region region : new Case(random, order).regions) {
            Transfer before = null;
            for (Transfer part : region.parts()) {
              if (before != null && before.chunk() == part.chunk() && part.checked() != null) {
                assertThat(part.arenaOffset()).isEqualTo(before.arenaOffset() + before.bytes());
              } else {
                assertEndsBetweenSlices(before);
                assertStartsSlice(part);
              }
              before = part;
            }
            assertEndsBetweenSlices(before);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void spansAreCheckedThroughoutOrNotAtAll(Order order) {
    Seeds.forEach(
        300,
        random -> {
          for (Region region : new Case(random, order).regions) {
            Iterator<Transfer> parts = region.parts().iterator();
            for (Span span : region.spans()) {
              Transfer first = parts.next();
              for (long covered = first.bytes(); covered < span.bytes(); ) {
                Transfer part = parts.next();
                assertThat(part.checked() == null).isEqualTo(first.checked() == null);
                covered += part.bytes();
              }
            }
            assertThat(parts).isExhausted();
          }
        });
  }

  @Test
  void noRegionOfAWholeHasASliceMoreThanItsShare() {
    Seeds.forEach(
        1_000,
        random -> {
          Case plan = new Case(random, Order.BY_ARENA);
          long share = Math.ceilDiv(plan.bytes(), plan.regions.size());
          assertThat(plan.regions)
              .allMatch(region -> region.bytes() < share + plan.longestSlice() + LINE_BYTES);
        });
  }

  @ParameterizedTest
  @EnumSource
  void noRegionExceedsItsBound(Order order) {
    Seeds.forEach(
        300,
        random -> {
          Case plan = new Case(random, order);
          long most = plan.limits.maxRegionBytes();
          long bound = Math.max(most, most / 2 + plan.longestSlice() + LINE_BYTES);
          assertThat(plan.regions).allMatch(region -> region.bytes() <= bound);
        });
  }

  @ParameterizedTest
  @EnumSource
  void equalSlicesAreSharedAsEvenlyAsTheyCan(Order order) {
    for (int slices = 1; slices <= 24; slices++) {
      for (int workers = 1; workers <= 8; workers++) {
        long bytes = slices * PayloadSlices.MOST_BYTES;
        PlanLimits limits = new PlanLimits(workers, 256 << 10, 256 * MIB);

        List<Region> regions = RestorePlanner.plan(List.of(checked(0, 0, bytes)), order, limits);

        long fewest = slices / workers * PayloadSlices.MOST_BYTES;
        long most = Math.ceilDiv(slices, workers) * PayloadSlices.MOST_BYTES;
        assertThat(regions)
            .hasSize(Math.min(slices, workers))
            .allMatch(region -> region.bytes() >= fewest && region.bytes() <= most);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1048576, 2, 1", "4194304, 2, 1", "17989632, 2, 2", "17989632, 8, 5"})
  void aChunkIsSharedByAsManyWorkersAsItHasSlices(long bytes, int workers, int regions) {
    assertThat(
            RestorePlanner.plan(
                List.of(checked(0, 0, bytes)), Order.AS_GIVEN, PlanLimits.of(workers)))
        .hasSize(regions);
  }

  @Test
  void theSameExtentMayBeCheckedTwice() {
    long bytes = 10 * MIB;
    CheckedPayload payload = CheckedPayload.unsummed(0, bytes);
    List<Transfer> twice =
        List.of(
            new Transfer(0, 0, 0, 0, 3 * MIB, payload),
            new Transfer(0, 3 * MIB, 0, 3 * MIB, 7 * MIB, payload),
            new Transfer(1, 0, 1, 0, 3 * MIB, payload),
            new Transfer(1, 3 * MIB, 1, 3 * MIB, 7 * MIB, payload));

    List<Region> regions = RestorePlanner.plan(twice, Order.BY_ARENA, PlanLimits.of(2));

    assertThat(regions).extracting(Region::bytes).containsExactly(bytes, bytes);
    assertThat(regions.getFirst().parts()).extracting(Transfer::chunk).containsOnly(0);
  }

  @Test
  void partsOfSlicesAreRefused() {
    CheckedPayload payload = CheckedPayload.unsummed(100, 10 * MIB);
    assertRefused(
        List.of(new Transfer(3, 164, 0, 0, MIB, payload)),
        "transfers of chunk 3: expected whole checksum slices of its payload, in order, found bytes"
            + " 64 to 1048640");
    assertRefused(
        List.of(new Transfer(3, 100, 0, 0, MIB, payload), new Transfer(3, 100, 0, 0, 1, payload)),
        "transfers of chunk 3: expected whole checksum slices of its payload, in order, found bytes"
            + " out of order");
  }

  private static void assertRefused(List<Transfer> transfers, String message) {
    assertThatThrownBy(() -> RestorePlanner.plan(transfers, Order.AS_GIVEN, PlanLimits.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static void assertStartsSlice(Transfer part) {
    if (part.checked() != null) {
      long offset = part.arenaOffset() - part.checked().arenaOffset();
      assertThat(offset % PayloadSlices.bytes(part.checked().bytes())).isZero();
    }
  }

  private static void assertEndsBetweenSlices(Transfer part) {
    if (part != null && part.checked() != null) {
      long end = part.arenaOffset() + part.bytes() - part.checked().arenaOffset();
      if (end != part.checked().bytes()) {
        assertThat(end % PayloadSlices.bytes(part.checked().bytes())).isZero();
      }
    }
  }

  private static Transfer checked(int chunk, long offset, long bytes) {
    CheckedPayload payload = CheckedPayload.unsummed(offset, bytes);
    return new Transfer(chunk, offset, 0, offset, bytes, payload);
  }

  /** A random request, planned within random limits. */
  private static final class Case {
    final PlanLimits limits;
    final List<Transfer> transfers;
    final List<Region> regions;

    Case(Random random, Order order) {
      double checkedShare = random.nextInt(3) / 2.0;
      transfers = new CheckedTransfers(random, checkedShare).next(1 + random.nextInt(60), 40 * MIB);
      long minRegionBytes = 128 + random.nextLong(256 << 10);
      long maxRegionBytes = 2 * minRegionBytes + 64 + random.nextInt(32 << 20);
      limits =
          new PlanLimits(
              1 + random.nextInt(8), minRegionBytes, Math.ceilDiv(maxRegionBytes, 64) * 64);
      regions = RestorePlanner.plan(transfers, order, limits);
    }

    long bytes() {
      return transfers.stream().mapToLong(Transfer::bytes).sum();
    }

    long longestSlice() {
      return transfers.stream()
          .filter(t -> t.checked() != null)
          .mapToLong(t -> PayloadSlices.bytes(t.checked().bytes()))
          .max()
          .orElse(0);
    }
  }
}
