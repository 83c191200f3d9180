package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.checksum.SliceSums;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CheckedCopyTest {
  @Nested
  class Restoring extends CheckedCopyContract {
    @Override
    RegionCopier copier() {
      return DirectCopier.forRestores();
    }

    @Override
    boolean readsArena() {
      return true;
    }
  }

  @Nested
  class Staging extends CheckedCopyContract {
    private final Arena slabMemory = Arena.ofShared();
    private final StagingSlab slab =
        new StagingSlab(slabMemory.allocate(StagingSlab.MIN_SLOT_BYTES, 4096), 1);

    @Override
    RegionCopier copier() {
      return new StagedCopier(slab);
    }

    @Override
    boolean readsArena() {
      return true;
    }

    @AfterEach
    void slotsAreBack() {
      assertThat(slab.takenSlots()).isZero();
      slabMemory.close();
    }

    /** A checksum of the output itself would end the virtual machine. */
    @Test
    void outputsThatFaultAreOnlyFaults() {
      long chunkBytes = 64 << 10;
      List<Transfer> plain = adjacent(8, chunkBytes);
      Sides sides = new Sides(plain, new Random(1));
      Region region = Region.of(withSums(plain, sides.expectedSums(plain)));
      try (FaultyMemory output = new FaultyMemory(8 * chunkBytes)) {
        output.breakPages(0, FaultyMemory.PAGE_BYTES);
        output.breakPageOf(5 * chunkBytes + 9000);

        CopyResult result = copier().copy(region, sides.arena, List.of(output.memory()), NEVER);

        assertThat(result).isEqualTo(new CopyResult(true, Set.of(0, 5), Set.of()));
        for (int chunk : new int[] {1, 2, 3, 4, 6, 7}) {
          assertThat(
                  output
                      .memory()
                      .asSlice(chunk * chunkBytes, chunkBytes)
                      .mismatch(sides.arena.asSlice(chunk * chunkBytes, chunkBytes)))
              .isEqualTo(-1);
        }
      }
    }
  }

  @Nested
  class Verifying extends CheckedCopyContract {
    @Override
    RegionCopier copier() {
      return new Verifier();
    }

    @Override
    boolean readsArena() {
      return true;
    }

    @Override
    boolean keeps() {
      return false;
    }

    @Test
    void needsNoMemory() {
      MemorySegment arena = MemorySegment.ofArray(new byte[100]);
      Region region = Region.of(adjacent(1, 100));

      CopyResult result = new Verifier().copy(region, arena, List.of(), NEVER);

      assertThat(result.sums()).hasSize(1);
    }

    @Test
    void uncheckedBytesAreReadForFaults() {
      try (FaultyMemory arena = new FaultyMemory(4 * FaultyMemory.PAGE_BYTES)) {
        arena.breakPageOf(0);
        Region region =
            Region.of(
                List.of(new Transfer(0, 0, 0, 0, 4096), new Transfer(1, 4096, 0, 4096, 4096)));

        CopyResult result = new Verifier().copy(region, arena.memory(), List.of(), NEVER);

        assertThat(result).isEqualTo(new CopyResult(true, Set.of(0), Set.of(0)));
      }
    }
  }

  @Nested
  class Putting extends CheckedCopyContract {
    @Override
    RegionCopier copier() {
      return DirectCopier.forPuts();
    }

    @Override
    boolean readsArena() {
      return false;
    }

    @Test
    void anArenaThatFaultsIsChargedWithIt() {
      long chunkBytes = 64 << 10;
      List<Transfer> plain = adjacent(8, chunkBytes);
      Sides sides = new Sides(plain, new Random(1));
      try (FaultyMemory arena = new FaultyMemory(8 * chunkBytes)) {
        arena.breakPageOf(5 * chunkBytes + 9000);

        CopyResult result =
            copier().copy(Region.of(plain), arena.memory(), List.of(sides.memory), NEVER);

        assertThat(result.faultedChunks()).containsExactly(5);
        assertThat(result.arenaFaults()).containsExactly(5);
        assertThat(result.sums()).extracting(SliceSum::chunk).containsExactly(0, 1, 2, 3, 4, 6, 7);
      }
    }

    @Test
    void whatWasPutIsRestoredAndVerifiedByTheSumsOfThePut() {
      List<Transfer> plain = new CheckedTransfers(new Random(5), 1).next(9, 3 * MIB);
      Sides sides = new Sides(plain, new Random(1));
      CopyResult put = sides.copy(Region.of(plain), NEVER);
      Map<Integer, SliceSums> sums = new HashMap<>();
      put.sums().forEach(sum -> sums.put(sum.chunk(), SliceSums.of(new int[] {sum.sum()})));
      Region back = Region.of(withSums(plain, sums));
      MemorySegment output = scratch.allocate(sides.memory.byteSize());

      assertThat(DirectCopier.forRestores().copy(back, sides.arena, List.of(output), NEVER))
          .isEqualTo(CopyResult.COMPLETE);
      assertThat(new Verifier().copy(back, sides.arena, List.of(), NEVER))
          .isEqualTo(CopyResult.COMPLETE);
    }
  }
}
