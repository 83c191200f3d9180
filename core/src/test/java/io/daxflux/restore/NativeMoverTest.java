package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.checksum.SliceSums;
import io.daxflux.device.NativeCopy;
import io.daxflux.device.NeededHelper;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.testkit.Seeds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Native copies against those of the virtual machine: the same bytes, sums and verdicts. */
class NativeMoverTest {
  private static final long MIB = 1L << 20;

  private static NativeCopy engine() {
    return NeededHelper.copyOrSkip();
  }

  private static MemorySegment filled(Random random, long bytes, Arena scratch) {
    byte[] content = new byte[(int) bytes];
    random.nextBytes(content);
    return scratch.allocate(bytes, 1 << random.nextInt(7)).copyFrom(MemorySegment.ofArray(content));
  }

  private static MemorySegment onHeap(MemorySegment memory) {
    return MemorySegment.ofArray(new byte[(int) memory.byteSize()]).copyFrom(memory);
  }

  private static List<Transfer> transfers(Random random) {
    return random.nextBoolean()
        ? new RandomTransfers(random).next(20, MIB)
        : new CheckedTransfers(random, 1).next(4, 9 * MIB);
  }

  private static long end(List<Transfer> transfers, boolean inArena) {
    return transfers.stream()
        .mapToLong(t -> (inArena ? t.arenaOffset() : t.memoryOffset()) + t.bytes())
        .max()
        .orElseThrow();
  }

  @Test
  void bytesAndSumsAreThoseOfTheVirtualMachine() {
    NativeCopy engine = engine();
    Seeds.forEach(
        20,
        random -> {
          boolean puts = random.nextBoolean();
          List<Transfer> transfers = transfers(random);
          int segments = 1 + transfers.stream().mapToInt(Transfer::memory).max().orElseThrow();
          try (Arena scratch = Arena.ofConfined()) {
            MemorySegment arena = filled(random, end(transfers, true), scratch);
            MemorySegment arenaExpected = onHeap(arena);
            List<MemorySegment> memory = new ArrayList<>();
            for (int i = 0; i < segments; i++) {
              MemorySegment segment = filled(random, end(transfers, false), scratch);
              // Some regions are no work for native code.
              memory.add(random.nextInt(4) > 0 ? segment : onHeap(segment));
            }
            List<MemorySegment> expected =
                new ArrayList<>(memory.stream().map(NativeMoverTest::onHeap).toList());
            RegionCopier jvm = puts ? DirectCopier.forPuts() : DirectCopier.forRestores();
            RegionCopier tried =
                puts
                    ? DirectCopier.forPuts(engine, _ -> true)
                    : DirectCopier.forRestores(engine, _ -> true);

            for (Region region : RestorePlanner.plan(transfers, Order.BY_ARENA, PlanLimits.of(2))) {
              CopyResult result = tried.copy(region, arena, memory, () -> false);
              assertThat(result)
                  .usingRecursiveComparison()
                  .isEqualTo(jvm.copy(region, arenaExpected, expected, () -> false));
            }

            assertThat(arena.mismatch(arenaExpected)).isEqualTo(-1);
            for (int i = 0; i < segments; i++) {
              assertThat(memory.get(i).mismatch(expected.get(i))).isEqualTo(-1);
            }
          }
        });
  }

  @Test
  void memoryThatIsNotToBeTakenIsLeftToTheVirtualMachine() {
    NativeCopy engine = engine();
    long bytes = MIB;
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment arena = filled(new Random(1), bytes, scratch);
      MemorySegment output = scratch.allocate(bytes);
      List<Boolean> asked = new ArrayList<>();
      Region region = Region.of(List.of(new Transfer(0, 0, 0, 0, bytes, null)));

      DirectCopier.forRestores(engine, memory -> asked.add(memory == output) && false)
          .copy(region, arena, List.of(output), () -> false);

      assertThat(asked).containsExactly(true);
      assertThat(output.mismatch(arena)).isEqualTo(-1);
    }
  }

  @Test
  void changedBytesAreFound() {
    NativeCopy engine = engine();
    long bytes = 9 * MIB + 5;
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment arena = filled(new Random(1), bytes, scratch);
      MemorySegment output = scratch.allocate(bytes);
      Transfer unsummed = new Transfer(0, 0, 0, 0, bytes, CheckedPayload.unsummed(0, bytes));
      SliceSums sums =
          SliceSums.of(
              DirectCopier.forPuts(engine, _ -> true)
                  .copy(
                      Region.of(List.of(unsummed)),
                      scratch.allocate(bytes),
                      List.of(arena),
                      () -> false)
                  .sums()
                  .stream()
                  .sorted(Comparator.comparingInt(SliceSum::slice))
                  .mapToInt(SliceSum::sum)
                  .toArray());
      Region checked =
          Region.of(List.of(new Transfer(0, 0, 0, 0, bytes, new CheckedPayload(0, bytes, sums))));
      RegionCopier restores = DirectCopier.forRestores(engine, _ -> true);
      assertThat(restores.copy(checked, arena, List.of(output), () -> false))
          .isEqualTo(CopyResult.COMPLETE);

      for (long at : new long[] {0, 5 * MIB + 3, bytes - 1}) {
        byte was = arena.get(java.lang.foreign.ValueLayout.JAVA_BYTE, at);
        arena.set(java.lang.foreign.ValueLayout.JAVA_BYTE, at, (byte) (was ^ 16));
        assertThat(restores.copy(checked, arena, List.of(output), () -> false).corruptChunks())
            .isEqualTo(Set.of(0));
        arena.set(java.lang.foreign.ValueLayout.JAVA_BYTE, at, was);
      }
    }
  }
}
