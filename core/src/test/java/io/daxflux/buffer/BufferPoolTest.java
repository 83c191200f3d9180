package io.daxflux.buffer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private static final int BLOCK = 512;

  private final MemorySegment memory = MemorySegment.ofArray(new byte[10 * BLOCK]);
  private final BufferPool pool = new BufferPool(memory, BLOCK);

  @Test
  void poolIsWholeAtFirst() {
    assertPool(10, 10, 0);
    assertThat(pool.capacityBytes()).isEqualTo(10 * BLOCK);
    assertThat(pool.memory()).isSameAs(memory);
  }

  @Test
  void restThatIsNoBlockStaysUnused() {
    BufferPool odd = new BufferPool(MemorySegment.ofArray(new byte[2 * BLOCK + 100]), BLOCK);

    assertThat(odd.capacityBytes()).isEqualTo(2 * BLOCK);
    assertThat(odd.allocate(new long[] {2 * BLOCK + 1})).isNull();
  }

  @Test
  void batchLiesSideBySideInItsOrder() {
    List<Output> batch = pool.allocate(new long[] {2 * BLOCK, 3 * BLOCK, BLOCK});

    assertThat(batch).extracting(Output::offset).containsExactly(0L, 2L * BLOCK, 5L * BLOCK);
    assertThat(batch)
        .extracting(Output::bytes)
        .containsExactly(2L * BLOCK, 3L * BLOCK, (long) BLOCK);
    assertPool(4, 4, 3);
  }

  @Test
  void batchIsSplitWhereNoRunHoldsItAll() {
    List<Output> first = pool.allocate(new long[] {2 * BLOCK, BLOCK, 3 * BLOCK, 4 * BLOCK});
    pool.free(first.get(0));
    pool.free(first.get(2));

    List<Output> batch = pool.allocate(new long[] {2 * BLOCK, 2 * BLOCK});

    assertThat(batch).extracting(Output::offset).containsExactlyInAnyOrder(0L, 3L * BLOCK);
    assertPool(1, 1, 4);
  }

  @Test
  void batchThatDoesNotFitTakesNothing() {
    pool.allocate(new long[] {4 * BLOCK});

    assertThat(pool.allocate(new long[] {3 * BLOCK, 3 * BLOCK, 1})).isNull();

    assertPool(6, 6, 1);
  }

  @Test
  void everyOutputTakesWholeBlocksAndTheEmptyOneToo() {
    List<Output> batch = pool.allocate(new long[] {0, 1, BLOCK + 1});

    assertThat(batch).extracting(Output::bytes).containsExactly(0L, 1L, BLOCK + 1L);
    assertPool(6, 6, 3);
    assertThat(pool.footprint(0)).isEqualTo(BLOCK);
    assertThat(pool.footprint(1)).isEqualTo(BLOCK);
    assertThat(pool.footprint(BLOCK)).isEqualTo(BLOCK);
    assertThat(pool.footprint(BLOCK + 1)).isEqualTo(2 * BLOCK);
  }

  @Test
  void emptyBatchIsNoRefusal() {
    assertThat(pool.allocate(new long[0])).isEmpty();
    assertPool(10, 10, 0);
  }

  @Test
  void segmentIsTheOutputsBytesAndNoMore() {
    pool.allocate(new long[] {BLOCK});
    Output output = pool.allocate(new long[] {100}).getFirst();

    pool.segment(output).fill((byte) 7);

    assertThat(pool.segment(output).byteSize()).isEqualTo(100);
    assertThat(memory.asSlice(BLOCK, 100).toArray(JAVA_BYTE)).containsOnly(7);
    assertThat(memory.asSlice(BLOCK + 100, 1).toArray(JAVA_BYTE)).containsOnly(0);
  }

  @Test
  void whatIsFreedServesAgain() {
    List<Output> batch = pool.allocate(new long[] {5 * BLOCK, 5 * BLOCK});
    pool.free(batch.get(1));
    pool.free(batch.get(0));

    assertPool(10, 10, 0);
    assertThat(pool.allocate(new long[] {10 * BLOCK})).hasSize(1);
  }

  @Test
  void outputIsFreedOnce() {
    Output output = pool.allocate(new long[] {BLOCK}).getFirst();
    pool.free(output);

    assertThatIllegalStateException().isThrownBy(() -> pool.free(output));
    pool.allocate(new long[] {BLOCK});
    assertThatIllegalStateException()
        .as("not the one that has its place now")
        .isThrownBy(() -> pool.free(output));
    assertPool(9, 9, 1);
  }

  private void assertPool(int freeBlocks, int largestRun, int outputs) {
    assertThat(pool.freeBytes()).isEqualTo(freeBlocks * BLOCK);
    assertThat(pool.largestRunBytes()).isEqualTo(largestRun * BLOCK);
    assertThat(pool.outputs()).isEqualTo(outputs);
  }
}
