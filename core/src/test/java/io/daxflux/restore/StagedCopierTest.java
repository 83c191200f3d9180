package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagedCopierTest extends RegionCopierContract {
  private final Arena slabMemory = Arena.ofShared();
  private final StagingSlab slab =
      new StagingSlab(slabMemory.allocate(StagingSlab.MIN_SLOT_BYTES, 4096), 1);

  @Override
  RegionCopier copier() {
    return new StagedCopier(slab);
  }

  @Override
  boolean restores() {
    return true;
  }

  @Override
  long mostBytes() {
    return slab.slotBytes();
  }

  @AfterEach
  void slotsAreBack() {
    assertThat(slab.takenSlots()).isZero();
    slabMemory.close();
  }

  @Test
  void aFailedCopyGivesItsSlotBack() {
    Region region = Region.of(List.of(new Transfer(0, 0, 0, 0, 100)));
    MemorySegment arena = MemorySegment.ofArray(new byte[100]);
    assertThatThrownBy(() -> copier().copy(region, arena, List.of(), NEVER))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(slab.takenSlots()).isZero();
  }

  @Test
  void moreRegionsThanSlotsAreAnError() {
    Region region = Region.of(List.of(new Transfer(0, 0, 0, 0, 100)));
    MemorySegment arena = MemorySegment.ofArray(new byte[100]);
    MemorySegment memory = MemorySegment.ofArray(new byte[100]);
    try (StagingSlab.Slot slot = slab.take()) {
      assertThat(slot.memory().byteSize()).isEqualTo(slab.slotBytes());
      assertThatThrownBy(() -> copier().copy(region, arena, List.of(memory), NEVER))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("staging slots: expected one for each region in flight, found all 1 taken");
    }
  }
}
