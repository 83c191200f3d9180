package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.testkit.Seeds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every copier does, whichever way it copies. */
abstract class RegionCopierContract {
  static final BooleanSupplier NEVER = () -> false;
  static final long MIB = 1L << 20;
  private static final byte UNTOUCHED = 0x55;

  private final Arena scratch = Arena.ofShared();

  /** The copier under test. */
  abstract RegionCopier copier();

  /** Whether it copies from the arena to memory. */
  abstract boolean restores();

  @AfterEach
  void freeMemory() {
    scratch.close();
  }

  @Test
  void copiesTheRegionsBytesAndNoOthers() {
    Seeds.forEach(
        30,
        random -> {
          List<Transfer> transfers = new RandomTransfers(random).next(40, MIB);
          MemorySegment arena = filled(random, end(transfers, true, 0) + 7);
          List<MemorySegment> memory = new ArrayList<>();
          for (int i = 0;
              i <= transfers.stream().mapToInt(Transfer::memory).max().orElseThrow();
              i++) {
            MemorySegment segment = filled(random, end(transfers, false, i) + 7);
            memory.add(random.nextBoolean() ? segment : onHeap(segment));
          }
          MemorySegment arenaExpected = onHeap(arena);
          List<MemorySegment> memoryExpected = memory.stream().map(this::onHeap).toList();
          for (Transfer t : transfers) {
            MemorySegment inArena = arenaExpected.asSlice(t.arenaOffset(), t.bytes());
            MemorySegment inMemory =
                memoryExpected.get(t.memory()).asSlice(t.memoryOffset(), t.bytes());
            (restores() ? inMemory : inArena).copyFrom(restores() ? inArena : inMemory);
          }

          PlanLimits limits = new PlanLimits(1 + random.nextInt(3), 1 << 16, 1 << 20);
          for (Region region : RestorePlanner.plan(transfers, Order.BY_ARENA, limits)) {
            assertThat(copier().copy(region, arena, memory, NEVER)).isEqualTo(CopyResult.COMPLETE);
          }

          assertThat(arena.mismatch(arenaExpected)).isEqualTo(-1);
          for (int i = 0; i < memory.size(); i++) {
            assertThat(memory.get(i).mismatch(memoryExpected.get(i))).isEqualTo(-1);
          }
        });
  }

  @Test
  void copiesASpanOfManySlices() {
    long bytes = 20 * MIB + 1;
    MemorySegment from = filled(new Random(1), bytes + 3);
    MemorySegment to = scratch.allocate(bytes + 3);
    Region region = Region.of(List.of(transfer(0, 3, 1, bytes)));

    CopyResult result = copy(region, from, to, NEVER);

    assertThat(result).isEqualTo(CopyResult.COMPLETE);
    assertThat(to.asSlice(1, bytes).mismatch(from.asSlice(3, bytes))).isEqualTo(-1);
  }

  @Test
  void stopsBetweenSlices() {
    long bytes = 18 * MIB;
    MemorySegment from = filled(new Random(1), bytes);
    MemorySegment to = scratch.allocate(bytes).fill(UNTOUCHED);
    Region region = Region.of(List.of(transfer(0, 0, 0, bytes)));
    AtomicInteger looks = new AtomicInteger();

    CopyResult result = copy(region, from, to, () -> looks.incrementAndGet() == 3);

    assertThat(result).isEqualTo(CopyResult.STOPPED);
    long copied = 2 * Slices.bytes(bytes, mostBytes());
    assertThat(to.asSlice(0, copied).mismatch(from.asSlice(0, copied))).isEqualTo(-1);
    assertThat(isUntouched(to.asSlice(copied))).isTrue();
  }

  @Test
  void copiesNothingOnceStopped() {
    MemorySegment from = filled(new Random(1), 100);
    MemorySegment to = scratch.allocate(100).fill(UNTOUCHED);

    CopyResult result = copy(Region.of(List.of(transfer(0, 0, 0, 100))), from, to, () -> true);

    assertThat(result).isEqualTo(CopyResult.STOPPED);
    assertThat(isUntouched(to)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 15})
  void aFaultIsChargedToItsChunkAlone(int broken) {
    long chunkBytes = 64 << 10;
    try (FaultyMemory arena = new FaultyMemory(16 * chunkBytes)) {
      fill(arena.memory(), new Random(1));
      MemorySegment memory = filled(new Random(2), 16 * chunkBytes);
      arena.breakPageOf(broken * chunkBytes + 20_000);
      Region region = Region.of(adjacent(16, chunkBytes));

      CopyResult result = copier().copy(region, arena.memory(), List.of(memory), NEVER);

      assertThat(region.spans()).hasSize(1);
      assertThat(result).isEqualTo(new CopyResult(true, Set.of(broken), Set.of(broken)));
      assertChunksEqual(arena.memory(), memory, 16, chunkBytes, Set.of(broken));
    }
  }

  @Test
  void copyingGoesOnBehindAFault() {
    long chunkBytes = 5 * MIB;
    try (FaultyMemory arena = new FaultyMemory(4 * chunkBytes)) {
      fill(arena.memory(), new Random(1));
      MemorySegment memory = filled(new Random(2), 4 * chunkBytes);
      arena.breakPages(MIB, MIB);
      arena.breakPageOf(4 * chunkBytes - 1);
      Region region = Region.of(adjacent(4, chunkBytes));

      CopyResult result = copier().copy(region, arena.memory(), List.of(memory), NEVER);

      assertThat(result).isEqualTo(new CopyResult(true, Set.of(0, 3), Set.of(0, 3)));
      assertChunksEqual(arena.memory(), memory, 4, chunkBytes, Set.of(0, 3));
    }
  }

  @Test
  void chunksThatShareABrokenPageAreBothCharged() {
    long chunkBytes = 512;
    try (FaultyMemory arena = new FaultyMemory(4 * FaultyMemory.PAGE_BYTES)) {
      fill(arena.memory(), new Random(1));
      MemorySegment memory = filled(new Random(2), 4 * FaultyMemory.PAGE_BYTES);
      arena.breakPageOf(FaultyMemory.PAGE_BYTES);
      Region region = Region.of(adjacent(32, chunkBytes));

      CopyResult result = copier().copy(region, arena.memory(), List.of(memory), NEVER);

      Set<Integer> broken = Set.of(8, 9, 10, 11, 12, 13, 14, 15);
      assertThat(result).isEqualTo(new CopyResult(true, broken, broken));
      assertChunksEqual(arena.memory(), memory, 32, chunkBytes, broken);
    }
  }

  @Test
  void aFaultOfMemoryIsNotTheArenas() {
    long chunkBytes = 64 << 10;
    try (FaultyMemory memory = new FaultyMemory(8 * chunkBytes)) {
      fill(memory.memory(), new Random(2));
      MemorySegment arena = filled(new Random(1), 8 * chunkBytes);
      memory.breakPageOf(3 * chunkBytes);

      CopyResult result =
          copier().copy(Region.of(adjacent(8, chunkBytes)), arena, List.of(memory.memory()), NEVER);

      assertThat(result).isEqualTo(new CopyResult(true, Set.of(3), Set.of()));
      assertChunksEqual(arena, memory.memory(), 8, chunkBytes, Set.of(3));
    }
  }

  @Test
  void faultsOfBothSidesAreToldApart() {
    long chunkBytes = 64 << 10;
    try (FaultyMemory arena = new FaultyMemory(8 * chunkBytes);
        FaultyMemory memory = new FaultyMemory(8 * chunkBytes)) {
      arena.breakPageOf(3 * chunkBytes);
      arena.breakPageOf(5 * chunkBytes);
      memory.breakPageOf(5 * chunkBytes);
      memory.breakPageOf(6 * chunkBytes);

      CopyResult result =
          copier()
              .copy(
                  Region.of(adjacent(8, chunkBytes)),
                  arena.memory(),
                  List.of(memory.memory()),
                  NEVER);

      assertThat(result).isEqualTo(new CopyResult(true, Set.of(3, 5, 6), Set.of(3, 5)));
    }
  }

  @Test
  void aStoppedCopyStillTellsItsFaults() {
    try (FaultyMemory arena = new FaultyMemory(18 * MIB)) {
      arena.breakPageOf(0);
      Region region = Region.of(List.of(transfer(7, 0, 0, 18 * MIB)));
      AtomicInteger looks = new AtomicInteger();

      CopyResult result =
          copier()
              .copy(
                  region,
                  arena.memory(),
                  List.of(scratch.allocate(18 * MIB)),
                  () -> looks.incrementAndGet() == 2);

      assertThat(result).isEqualTo(new CopyResult(false, Set.of(7), Set.of(7)));
    }
  }

  /** Compiled code notes a fault and goes on: it must not get away. */
  @ParameterizedTest
  @ValueSource(longs = {1, 16, 512, 4096, 16_384})
  void faultsDoNotEscapeHotCode(long chunkBytes) {
    try (FaultyMemory arena = new FaultyMemory(8 * 16_384)) {
      Region region = Region.of(adjacent(8, chunkBytes));
      List<MemorySegment> memory = List.of(scratch.allocate(8 * 16_384));
      RegionCopier copier = copier();
      for (int i = 0; i < 12_000; i++) {
        assertSame(copier.copy(region, arena.memory(), memory, NEVER), CopyResult.COMPLETE);
      }
      arena.breakPageOf(5 * chunkBytes);
      CopyResult expected = copier.copy(region, arena.memory(), memory, NEVER);
      assertThat(expected.arenaFaults()).contains(5);
      for (int i = 0; i < 2_000; i++) {
        assertSame(copier.copy(region, arena.memory(), memory, NEVER), expected);
      }
    }
  }

  private static void assertSame(CopyResult found, CopyResult expected) {
    if (!found.equals(expected)) {
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void aFailureOfTheSoftwareIsNotAResult() {
    Region beyond = Region.of(List.of(transfer(0, 50, 50, 51)));
    assertThatThrownBy(() -> copy(beyond, scratch.allocate(100), scratch.allocate(100), NEVER))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** The most bytes this copier moves at once. */
  long mostBytes() {
    return Slices.MOST_BYTES;
  }

  /** Copies from one segment to the other, whichever of them is the arena. */
  private CopyResult copy(
      Region region, MemorySegment from, MemorySegment to, BooleanSupplier stopped) {
    return restores()
        ? copier().copy(region, from, List.of(to), stopped)
        : copier().copy(region, to, List.of(from), stopped);
  }

  /** A transfer in the copier's direction. */
  private Transfer transfer(int chunk, long from, long to, long bytes) {
    return restores()
        ? new Transfer(chunk, from, 0, to, bytes)
        : new Transfer(chunk, to, 0, from, bytes);
  }

  private static List<Transfer> adjacent(int chunks, long chunkBytes) {
    List<Transfer> transfers = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      transfers.add(new Transfer(chunk, chunk * chunkBytes, 0, chunk * chunkBytes, chunkBytes));
    }
    return transfers;
  }

  private static void assertChunksEqual(
      MemorySegment arena, MemorySegment memory, int chunks, long chunkBytes, Set<Integer> except) {
    for (int chunk = 0; chunk < chunks; chunk++) {
      if (!except.contains(chunk)) {
        long start = chunk * chunkBytes;
        assertThat(arena.asSlice(start, chunkBytes).mismatch(memory.asSlice(start, chunkBytes)))
            .as("first wrong byte of chunk %d", chunk)
            .isEqualTo(-1);
      }
    }
  }

  private static boolean isUntouched(MemorySegment memory) {
    for (long i = 0; i < memory.byteSize(); i++) {
      if (memory.get(ValueLayout.JAVA_BYTE, i) != UNTOUCHED) {
        return false;
      }
    }
    return true;
  }

  private static long end(List<Transfer> transfers, boolean inArena, int memory) {
    return transfers.stream()
        .filter(t -> inArena || t.memory() == memory)
        .mapToLong(t -> (inArena ? t.arenaOffset() : t.memoryOffset()) + t.bytes())
        .max()
        .orElse(0);
  }

  private MemorySegment filled(Random random, long bytes) {
    return fill(scratch.allocate(bytes), random);
  }

  private static MemorySegment fill(MemorySegment memory, Random random) {
    byte[] bytes = new byte[(int) memory.byteSize()];
    random.nextBytes(bytes);
    return memory.copyFrom(MemorySegment.ofArray(bytes));
  }

  private MemorySegment onHeap(MemorySegment memory) {
    byte[] bytes = new byte[(int) memory.byteSize()];
    return MemorySegment.ofArray(bytes).copyFrom(memory);
  }
}
