package io.daxflux.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.testkit.Seeds;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to copy that this processor can run, against the virtual machine's. */
class NativeCopyTest {
  private static final byte UNTOUCHED = 0x55;

  /** Beyond the longest stride: eight pages. */
  private static final int LONG = 200_000;

  private final Arena scratch = Arena.ofShared();
  private final MemorySegment from = scratch.allocate(LONG + 200, 64);
  private final MemorySegment to = scratch.allocate(LONG + 200, 64);

  @AfterEach
  void free() {
    scratch.close();
  }

  private static List<NativeCopy> copiers() {
    List<NativeCopy> copiers = NeededHelper.orSkip().copiers();
    assertThat(copiers).isNotEmpty();
    return copiers;
  }

  private void fill(Random random) {
    byte[] bytes = new byte[(int) from.byteSize()];
    random.nextBytes(bytes);
    from.copyFrom(MemorySegment.ofArray(bytes));
  }

  private static int sumOf(MemorySegment bytes, CRC32C crc) {
    crc.update(bytes.asByteBuffer());
    return (int) crc.getValue();
  }

  private void check(NativeCopy copier, int fromOffset, int toOffset, int bytes) {
    MemorySegment source = from.asSlice(fromOffset, bytes);
    for (boolean summing : new boolean[] {false, true}) {
      to.asSlice(0, toOffset + bytes + 70).fill(UNTOUCHED);
      if (summing) {
        int sum = copier.copyAndSum(from, fromOffset, to, toOffset, bytes, 0);
        assertThat(sum).isEqualTo(sumOf(source, new CRC32C()));
      } else {
        copier.copy(from, fromOffset, to, toOffset, bytes);
      }
      assertThat(to.asSlice(toOffset, bytes).mismatch(source))
          .as("%s: %s bytes from %s to %s", copier.instructions(), bytes, fromOffset, toOffset)
          .isEqualTo(-1);
      assertThat(untouched(to.asSlice(0, toOffset))).isTrue();
      assertThat(untouched(to.asSlice(toOffset + bytes, 70))).isTrue();
    }
  }

  private static boolean untouched(MemorySegment around) {
    byte[] bytes = around.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    for (byte one : bytes) {
      if (one != UNTOUCHED) {
        return false;
      }
    }
    return true;
  }

  @Test
  void shortCopiesAreExactAtEveryAlignment() {
    fill(new Random(1));
    for (NativeCopy copier : copiers()) {
      for (int bytes = 0; bytes <= 200; bytes++) {
        check(copier, bytes % 64, (bytes * 7) % 65, bytes);
      }
      for (int alignment = 0; alignment < 64; alignment++) {
        check(copier, alignment, 0, 130);
        check(copier, 0, alignment, 130);
        check(copier, alignment, 63 - alignment, 4096 + 64);
      }
    }
  }

  @Test
  void shortCopiesAreExactAtEveryPairOfAlignments() {
    fill(new Random(5));
    for (NativeCopy copier : copiers()) {
      for (int fromOffset = 0; fromOffset < 64; fromOffset++) {
        for (int toOffset = 0; toOffset < 64; toOffset++) {
          for (int bytes : new int[] {1, 63, 64, 65, 127, 200}) {
            check(copier, fromOffset, toOffset, bytes);
          }
        }
      }
    }
  }

  /** Who touches a byte behind the end meets a fault, and with it the process its end. */
  @Test
  void nothingBehindTheEndIsTouched(@TempDir Path folder) throws IOException {
    fill(new Random(6));
    int end = 10 * 4096;
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("cut"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofShared()) {
      MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, 2 * end, arena);
      channel.truncate(end);
      for (NativeCopy copier : copiers()) {
        for (int bytes = 0; bytes <= end; bytes += bytes < 300 ? 1 : 997) {
          copier.copy(mapped, end - bytes, to, 0, bytes);
          copier.copyAndSum(mapped, end - bytes, to, 0, bytes, 0);
          copier.copy(from, 0, mapped, end - bytes, bytes);
          copier.copyAndSum(from, 0, mapped, end - bytes, bytes, 0);
          assertThat(mapped.asSlice(end - bytes, bytes).mismatch(from.asSlice(0, bytes)))
              .isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void longCopiesAreExactAroundEveryStride() {
    fill(new Random(2));
    for (NativeCopy copier : copiers()) {
      for (int pages : new int[] {1, 6, 7, 8, 9, 12, 16, 24, 48}) {
        for (int more : new int[] {-65, -64, -1, 0, 1, 63, 64, 65}) {
          check(copier, 3, 5, pages * 4096 + more);
          check(copier, 0, 0, pages * 4096 + more);
        }
      }
    }
  }

  @Test
  void randomCopiesAreExact() {
    for (NativeCopy copier : copiers()) {
      Seeds.forEach(
          100,
          random -> {
            fill(random);
            check(copier, random.nextInt(65), random.nextInt(65), random.nextInt(LONG));
          });
    }
  }

  @Test
  void aSumGoesOnFromPieceToPiece() {
    fill(new Random(3));
    for (NativeCopy copier : copiers()) {
      Random random = new Random(4);
      int sum = 0;
      CRC32C expected = new CRC32C();
      for (int at = 0; at < LONG; ) {
        int bytes = Math.min(LONG - at, 1 + random.nextInt(60_000));
        sum = copier.copyAndSum(from, at, to, at, bytes, sum);
        assertThat(sum).isEqualTo(sumOf(from.asSlice(at, bytes), expected));
        at += bytes;
      }
    }
  }

  @Test
  void boundsLifetimesAndRightsAreCheckedBeforeTheCall() {
    Arena gone = Arena.ofShared();
    MemorySegment closed = gone.allocate(100);
    gone.close();
    MemorySegment heap = MemorySegment.ofArray(new byte[100]);
    for (NativeCopy copier : copiers()) {
      assertThatThrownBy(() -> copier.copy(from, from.byteSize() - 9, to, 0, 10))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> copier.copy(from, 0, to, to.byteSize() - 9, 10))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> copier.copyAndSum(from, -1, to, 0, 10, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> copier.copy(from, 0, to.asReadOnly(), 0, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected memory to write to, found read-only memory");
      assertThatThrownBy(() -> copier.copyAndSum(from, 0, to.asReadOnly(), 0, 10, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> copier.copy(closed, 0, to, 0, 10))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> copier.copy(from, 0, heap, 0, 10))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theBestIsOffered() {
    NativeCopy best = copiers().getFirst();

    assertThat(NativeCopy.offer()).isEqualTo(new NativeCopy.Offer.Available(best));
    assertThat(best.instructions()).isIn("avx512", "avx2", "sse2");
  }
}
