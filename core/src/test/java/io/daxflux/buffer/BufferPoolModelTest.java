package io.daxflux.buffer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random batches: every output keeps its bytes until it is freed, and the figures are right. */
class BufferPoolModelTest {
  private static final int BLOCK = 512;

  @Test
  void outputsNeverShareMemory() {
    Seeds.forEach(30, random -> new Play(random).run(400));
  }

  private static final class Play {
    private final Random random;
    private final int blocks;
    private final BufferPool pool;
    private final List<Output> out = new ArrayList<>();
    private final List<Byte> marks = new ArrayList<>();
    private byte lastMark;

    Play(Random random) {
      this.random = random;
      this.blocks = 1 + random.nextInt(40);
      this.pool = new BufferPool(MemorySegment.ofArray(new byte[blocks * BLOCK + 3]), BLOCK);
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        if (random.nextInt(3) == 0) {
          allocate();
        } else if (!out.isEmpty()) {
          free(random.nextInt(out.size()));
        }
        check();
      }
      while (!out.isEmpty()) {
        free(out.size() - 1);
      }
      check();
      assertThat(pool.largestRunBytes()).isEqualTo(pool.capacityBytes());
    }

    private void allocate() {
      long[] bytes =
          LongStream.generate(() -> random.nextInt(5 * BLOCK)).limit(random.nextInt(5)).toArray();
      long asked = Arrays.stream(bytes).map(pool::footprint).sum();
      boolean inOneRun = asked <= pool.largestRunBytes();
      boolean hopeless = asked > pool.freeBytes();
      List<Output> batch = pool.allocate(bytes);
      assertThat(batch == null ? !inOneRun : !hopeless).isTrue();
      if (batch == null) {
        return;
      }
      assertThat(batch.stream().mapToLong(Output::bytes).toArray()).isEqualTo(bytes);
      for (int i = 1; inOneRun && i < bytes.length; i++) {
        assertThat(batch.get(i).offset())
            .isEqualTo(batch.get(i - 1).offset() + pool.footprint(bytes[i - 1]));
      }
      for (Output output : batch) {
        pool.segment(output).fill(++lastMark);
        out.add(output);
        marks.add(lastMark);
      }
    }

    private void free(int which) {
      pool.free(out.remove(which));
      marks.remove(which);
    }

    private void check() {
      long taken = 0;
      for (int i = 0; i < out.size(); i++) {
        taken += pool.footprint(out.get(i).bytes());
        byte[] found = pool.segment(out.get(i)).toArray(JAVA_BYTE);
        byte[] expected = new byte[found.length];
        Arrays.fill(expected, marks.get(i));
        assertThat(found).isEqualTo(expected);
      }
      assertThat(pool.freeBytes()).isEqualTo(pool.capacityBytes() - taken);
      assertThat(pool.outputs()).isEqualTo(out.size());
    }
  }
}
