package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.checksum.PartialSums;
import io.daxflux.checksum.PayloadSlices;
import io.daxflux.checksum.SliceSums;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.testkit.Seeds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every copier does with checked transfers, whichever way it copies. */
abstract class CheckedCopyContract {
  static final BooleanSupplier NEVER = () -> false;
  static final long MIB = 1L << 20;

  final Arena scratch = Arena.ofShared();

  /** The copier under test. */
  abstract RegionCopier copier();

  /** Whether bytes come from the arena; else from memory. */
  abstract boolean readsArena();

  /** Whether bytes go anywhere. */
  boolean keeps() {
    return true;
  }

  @AfterEach
  void freeMemory() {
    scratch.close();
  }

  @Test
  void sumsAreThoseOfWholeSlices() {
    Seeds.forEach(
        10,
        random -> {
          List<Transfer> transfers = new CheckedTransfers(random, 0.7).next(12, 13 * MIB);
          Sides sides = new Sides(transfers, random);

          List<CopyResult> results = copyAll(transfers, sides, random);

          assertThat(results).allMatch(r -> r.complete() && r.corruptChunks().isEmpty());
          assertThat(sumsOf(transfers, results)).isEqualTo(sides.expectedSums(transfers));
          sides.assertCopied(transfers);
        });
  }

  @Test
  void bytesThatHaveTheirSumsAreFoundSound() {
    Seeds.forEach(
        10,
        random -> {
          List<Transfer> plain = new CheckedTransfers(random, 0.7).next(12, 13 * MIB);
          Sides sides = new Sides(plain, random);
          List<Transfer> transfers = withSums(plain, sides.expectedSums(plain));

          assertThat(copyAll(transfers, sides, random)).containsOnly(CopyResult.COMPLETE);
          sides.assertCopied(transfers);
        });
  }

  @Test
  void corruptChunksAreFoundAndNoOthers() {
    Seeds.forEach(
        10,
        random -> {
          List<Transfer> plain = new CheckedTransfers(random, 0.7).next(12, 13 * MIB);
          Sides sides = new Sides(plain, random);
          List<Transfer> transfers = withSums(plain, sides.expectedSums(plain));
          Transfer victim = transfers.get(random.nextInt(transfers.size()));
          sides.flip(victim, random.nextLong(victim.bytes()), random.nextInt(8));

          Set<Integer> expected = victim.checked() == null ? Set.of() : Set.of(victim.chunk());
          assertThat(copyAll(transfers, sides, random).stream().map(CopyResult::corruptChunks))
              .allMatch(found -> expected.containsAll(found))
              .filteredOn(found -> !found.isEmpty())
              .hasSize(expected.size());
        });
  }

  @Test
  void everyFlippedBitIsFoundAndChargedToItsChunk() {
    long chunkBytes = 100;
    List<Transfer> plain = adjacent(3, chunkBytes);
    Sides sides = new Sides(plain, new Random(1));
    Region region = Region.of(withSums(plain, sides.expectedSums(plain)));
    assertThat(region.spans()).hasSize(1);
    for (int chunk = 0; chunk < 3; chunk++) {
      CopyResult expected = new CopyResult(true, Set.of(), Set.of(), Set.of(chunk), List.of());
      for (int bit = 0; bit < chunkBytes * 8; bit++) {
        sides.flip(plain.get(chunk), bit / 8, bit % 8);
        assertThat(sides.copy(region, NEVER)).isEqualTo(expected);
        sides.flip(plain.get(chunk), bit / 8, bit % 8);
      }
    }
    assertThat(sides.copy(region, NEVER)).isEqualTo(CopyResult.COMPLETE);
  }

  @Test
  void aStoppedCopyTellsOfWholeSlicesOnly() {
    Seeds.forEach(
        10,
        random -> {
          List<Transfer> transfers = new CheckedTransfers(random, 1).next(5, 13 * MIB);
          Sides sides = new Sides(transfers, random);
          Map<Integer, SliceSums> whole = sides.expectedSums(transfers);
          int pieces =
              transfers.stream()
                  .mapToInt(t -> (int) Math.ceilDiv(t.bytes(), CheckedPieces.BYTES))
                  .sum();
          AtomicInteger looks = new AtomicInteger(random.nextInt(pieces));

          CopyResult result = sides.copy(Region.of(transfers), () -> looks.getAndDecrement() == 0);

          assertThat(result.complete()).isFalse();
          assertThat(result.corruptChunks()).isEmpty();
          assertThat(result.sums())
              .allMatch(sum -> sum.sum() == whole.get(sum.chunk()).sum(sum.slice()));
          assertThat(result.sums().size())
              .isLessThan(whole.values().stream().mapToInt(SliceSums::count).sum());
        });
  }

  @Test
  void stopsBetweenPieces() {
    List<Transfer> transfers = adjacent(1, 9 * MIB);
    Sides sides = new Sides(transfers, new Random(1));
    AtomicInteger looks = new AtomicInteger();

    CopyResult result = sides.copy(Region.of(transfers), () -> looks.incrementAndGet() == 3);

    assertThat(result).isEqualTo(CopyResult.STOPPED);
    assertThat(looks).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7})
  void aFaultedChunkIsNotCorruptAndItsNeighboursAreChecked(int broken) {
    long chunkBytes = 300_000; // several pieces, and pages that are shared
    List<Transfer> plain = adjacent(8, chunkBytes);
    Map<Integer, SliceSums> wrong = new HashMap<>();
    for (int chunk = 0; chunk < 8; chunk++) {
      wrong.put(chunk, SliceSums.of(new int[] {12345}));
    }
    try (FaultyMemory faulty = new FaultyMemory(8 * 74 * FaultyMemory.PAGE_BYTES)) {
      Sides sides = new Sides(plain, new Random(1), faulty);
      Map<Integer, SliceSums> right = sides.expectedSums(plain);
      faulty.breakPageOf(broken * chunkBytes + chunkBytes / 2); // behind a piece that was summed

      CopyResult result = sides.copy(Region.of(withSums(plain, wrong)), NEVER);
      CopyResult sound = sides.copy(Region.of(withSums(plain, right)), NEVER);
      CopyResult summed = sides.copy(Region.of(plain), NEVER);

      Set<Integer> others = new HashSet<>(wrong.keySet());
      others.remove(broken);
      assertThat(sound.faultedChunks()).containsExactly(broken);
      assertThat(sound.corruptChunks()).isEmpty();
      assertThat(summed.sums())
          .hasSize(7)
          .allMatch(sum -> others.contains(sum.chunk()))
          .allMatch(sum -> sum.sum() == right.get(sum.chunk()).sum(sum.slice()));
      Set<Integer> arenaFaults = readsArena() ? Set.of(broken) : Set.of();
      assertThat(result)
          .isEqualTo(new CopyResult(true, Set.of(broken), arenaFaults, others, List.of()));
    }
  }

  @Test
  void aFaultInALaterSliceTakesWhatWasSaidOfTheChunkBack() {
    long chunkBytes = 9 * MIB;
    List<Transfer> plain = adjacent(1, chunkBytes);
    try (FaultyMemory faulty = new FaultyMemory(chunkBytes)) {
      Sides sides = new Sides(plain, new Random(1), faulty);
      faulty.breakPageOf(chunkBytes - 1);
      Map<Integer, SliceSums> wrong = Map.of(0, SliceSums.of(new int[3]));
      Set<Integer> arenaFaults = readsArena() ? Set.of(0) : Set.of();
      CopyResult expected = new CopyResult(true, Set.of(0), arenaFaults);

      assertThat(sides.copy(Region.of(withSums(plain, wrong)), NEVER)).isEqualTo(expected);
      assertThat(sides.copy(Region.of(plain), NEVER)).isEqualTo(expected);
    }
  }

  /** Compiled code notes a fault and goes on: it must not get away, nor into a sum. */
  @ParameterizedTest
  @ValueSource(longs = {1, 512, 4096, 16_384})
  void faultsDoNotEscapeHotCode(long chunkBytes) {
    List<Transfer> transfers = adjacent(8, chunkBytes);
    try (FaultyMemory faulty = new FaultyMemory(8 * 16_384)) {
      Sides sides = new Sides(transfers, new Random(1), faulty);
      Region region = Region.of(withSums(transfers, sides.expectedSums(transfers)));
      for (int i = 0; i < 12_000; i++) {
        assertSame(sides.copy(region, NEVER), CopyResult.COMPLETE);
      }
      faulty.breakPageOf(5 * chunkBytes);
      CopyResult expected = sides.copy(region, NEVER);
      assertThat(expected.faultedChunks()).contains(5);
      assertThat(expected.arenaFaults())
          .isEqualTo(readsArena() ? expected.faultedChunks() : Set.of());
      assertThat(expected.corruptChunks()).isEmpty();
      for (int i = 0; i < 2_000; i++) {
        assertSame(sides.copy(region, NEVER), expected);
      }
    }
  }

  @Test
  void aSliceThatTheRegionCutsIsAnError() {
    List<Transfer> whole = adjacent(1, 10 * MIB);
    Sides sides = new Sides(whole, new Random(1));
    Transfer chunk = whole.getFirst();
    assertThatThrownBy(() -> sides.copy(Region.of(List.of(chunk.part(0, MIB))), NEVER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "region: expected whole checksum slices, found one of chunk 0 cut at byte 1048576 of"
                + " its payload");
    assertThatThrownBy(() -> sides.copy(Region.of(List.of(chunk.part(64, 10 * MIB - 64))), NEVER))
        .hasMessage(
            "region: expected whole checksum slices, found one of chunk 0 cut at byte 64 of its"
                + " payload");
  }

  private static void assertSame(CopyResult found, CopyResult expected) {
    if (!found.equals(expected)) {
      assertThat(found).isEqualTo(expected);
    }
  }

  static List<Transfer> adjacent(int chunks, long chunkBytes) {
    List<Transfer> transfers = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      long start = chunk * chunkBytes;
      CheckedPayload payload = CheckedPayload.unsummed(start, chunkBytes);
      transfers.add(new Transfer(chunk, start, 0, start, chunkBytes, payload));
    }
    return transfers;
  }

  private List<CopyResult> copyAll(List<Transfer> transfers, Sides sides, Random random) {
    PlanLimits limits =
        new PlanLimits(1 + random.nextInt(3), 1 << 16, 1 << (20 + random.nextInt(5)));
    Order order = random.nextBoolean() ? Order.BY_ARENA : Order.AS_GIVEN;
    return RestorePlanner.plan(transfers, order, limits).stream()
        .map(region -> sides.copy(region, NEVER))
        .toList();
  }

  static List<Transfer> withSums(List<Transfer> transfers, Map<Integer, SliceSums> sums) {
    List<Transfer> summed = new ArrayList<>();
    for (Transfer t : transfers) {
      summed.addAll(
          CheckedTransfers.expecting(
              List.of(t), payload -> CheckedTransfers.summed(payload, sums.get(t.chunk()))));
    }
    return summed;
  }

  private static Map<Integer, SliceSums> sumsOf(
      List<Transfer> transfers, List<CopyResult> results) {
    Map<Integer, PartialSums> partial = new HashMap<>();
    for (Transfer t : transfers) {
      if (t.checked() != null) {
        partial.computeIfAbsent(t.chunk(), _ -> new PartialSums(t.checked().bytes()));
      }
    }
    for (CopyResult result : results) {
      for (SliceSum sum : result.sums()) {
        partial.get(sum.chunk()).put(sum.slice(), sum.sum());
      }
    }
    Map<Integer, SliceSums> sums = new HashMap<>();
    partial.forEach((chunk, found) -> sums.put(chunk, found.toSums()));
    return sums;
  }

  /** The arena and the memory of one request; one of them has the bytes. */
  final class Sides {
    final MemorySegment arena;
    final MemorySegment memory;

    /** Both sound. */
    Sides(List<Transfer> transfers, Random random) {
      this(transfers, random, null);
    }

    /** The side that bytes come from is this one. */
    Sides(List<Transfer> transfers, Random random, FaultyMemory faulty) {
      long arenaBytes = 0;
      long memoryBytes = 0;
      for (Transfer t : transfers) {
        arenaBytes = Math.max(arenaBytes, t.arenaOffset() + t.bytes());
        memoryBytes = Math.max(memoryBytes, t.memoryOffset() + t.bytes());
      }
      arena =
          faulty != null && readsArena()
              ? faulty.memory()
              : MemorySegment.ofArray(new byte[(int) arenaBytes]);
      memory =
          faulty != null && !readsArena()
              ? faulty.memory()
              : MemorySegment.ofArray(new byte[(int) memoryBytes]);
      byte[] bytes = new byte[(int) source().byteSize()];
      random.nextBytes(bytes);
      source().copyFrom(MemorySegment.ofArray(bytes));
    }

    private MemorySegment source() {
      return readsArena() ? arena : memory;
    }

    CopyResult copy(Region region, BooleanSupplier stopped) {
      return copier()
          .copy(region, arena, List.of(readsArena() ? memory : memory.asReadOnly()), stopped);
    }

    private MemorySegment sourceOf(Transfer t) {
      return source().asSlice(readsArena() ? t.arenaOffset() : t.memoryOffset(), t.bytes());
    }

    void flip(Transfer t, long offset, int bit) {
      MemorySegment from = sourceOf(t);
      byte value = from.get(ValueLayout.JAVA_BYTE, offset);
      from.set(ValueLayout.JAVA_BYTE, offset, (byte) (value ^ 1 << bit));
    }

    void assertCopied(List<Transfer> transfers) {
      for (Transfer t : transfers) {
        MemorySegment inArena = arena.asSlice(t.arenaOffset(), t.bytes());
        MemorySegment inMemory = memory.asSlice(t.memoryOffset(), t.bytes());
        assertThat(!keeps() || inArena.mismatch(inMemory) == -1).isTrue();
      }
    }

    /** The plain way: join the chunk's bytes, cut them into slices, sum each. */
    Map<Integer, SliceSums> expectedSums(List<Transfer> transfers) {
      Map<Integer, byte[]> payloads = new HashMap<>();
      for (Transfer t : transfers) {
        if (t.checked() != null) {
          byte[] payload =
              payloads.computeIfAbsent(t.chunk(), _ -> new byte[(int) t.checked().bytes()]);
          MemorySegment.ofArray(payload)
              .asSlice(t.arenaOffset() - t.checked().arenaOffset(), t.bytes())
              .copyFrom(sourceOf(t));
        }
      }
      Map<Integer, SliceSums> sums = new HashMap<>();
      payloads.forEach((chunk, payload) -> sums.put(chunk, plainSums(payload)));
      return sums;
    }
  }

  private static SliceSums plainSums(byte[] payload) {
    int[] sums = new int[PayloadSlices.count(payload.length)];
    int sliceBytes = (int) PayloadSlices.bytes(payload.length);
    for (int slice = 0; slice < sums.length; slice++) {
      CRC32C crc = new CRC32C();
      int start = slice * sliceBytes;
      crc.update(payload, start, Math.min(sliceBytes, payload.length - start));
      sums[slice] = (int) crc.getValue();
    }
    return SliceSums.of(sums);
  }
}
