package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagingSlabTest {
  private static final long SLOT_BYTES = StagingSlab.MIN_SLOT_BYTES;

  private final Arena memory = Arena.ofShared();

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  @Test
  void slotsAreEqualPagedAndDisjoint() {
    MemorySegment bytes = memory.allocate(3 * SLOT_BYTES + 5000, 4096);
    StagingSlab slab = new StagingSlab(bytes, 3);

    long end = bytes.address();
    for (int i = 0; i < 3; i++) {
      MemorySegment slot = slab.take().memory();
      assertThat(slot.byteSize()).isEqualTo(slab.slotBytes()).isGreaterThanOrEqualTo(SLOT_BYTES);
      assertThat(slot.address()).isGreaterThanOrEqualTo(end).matches(start -> start % 4096 == 0);
      end = slot.address() + slot.byteSize();
    }
    assertThat(end).isLessThanOrEqualTo(bytes.address() + bytes.byteSize());
  }

  @Test
  void aSlotGivenBackIsTakenAgain() {
    StagingSlab slab = slab(2);
    StagingSlab.Slot first = slab.take();
    StagingSlab.Slot second = slab.take();
    assertThat(slab.takenSlots()).isEqualTo(2);
    assertThatThrownBy(slab::take).isInstanceOf(IllegalStateException.class);

    first.close();

    assertThat(slab.takenSlots()).isEqualTo(1);
    assertThat(slab.take()).isSameAs(first).isNotSameAs(second);
  }

  @Test
  void allSlotsOfAWideSlabCanBeTaken() {
    StagingSlab slab = slab(65); // more than one word of bits
    List<StagingSlab.Slot> slots = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      slots.add(slab.take());
    }
    assertThat(slots).doesNotHaveDuplicates();
    assertThatThrownBy(slab::take).isInstanceOf(IllegalStateException.class);
    slots.forEach(StagingSlab.Slot::close);
    assertThat(slab.takenSlots()).isZero();
  }

  @Test
  void givingASlotBackTwiceFails() {
    StagingSlab slab = slab(1);
    StagingSlab.Slot slot = slab.take();
    slot.close();
    assertThatThrownBy(slot::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("staging slot 0: given back but not taken");
  }

  @Test
  void tooLittleMemoryIsRefused() {
    assertThatThrownBy(() -> new StagingSlab(memory.allocate(2 * SLOT_BYTES - 1), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "staging memory: expected at least 4194304 bytes for each of 2 slots, found 8388607");
    assertThatThrownBy(() -> new StagingSlab(memory.allocate(1), 0))
        .hasMessage("staging slots: expected at least 1, found 0");
  }

  @Test
  void threadsNeverShareASlot() throws Exception {
    int threads = 4;
    StagingSlab slab = slab(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Void>> users = new ArrayList<>();
      for (int thread = 1; thread <= threads; thread++) {
        int mark = thread;
        users.add(() -> useSlots(slab, mark));
      }
      for (Future<Void> user : executor.invokeAll(users)) {
        user.get();
      }
    }
    assertThat(slab.takenSlots()).isZero();
  }

  private static Void useSlots(StagingSlab slab, int mark) {
    for (int i = 0; i < 100_000; i++) {
      try (StagingSlab.Slot slot = slab.take()) {
        slot.memory().set(ValueLayout.JAVA_INT, 0, mark);
        Thread.onSpinWait();
        assertThat(slot.memory().get(ValueLayout.JAVA_INT, 0)).isEqualTo(mark);
      }
    }
    return null;
  }

  private StagingSlab slab(int slots) {
    return new StagingSlab(memory.allocate(slots * SLOT_BYTES, 4096), slots);
  }
}
