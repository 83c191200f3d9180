package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.DeviceException.Reason;
import io.daxflux.device.NativeHelper.Loading.Loaded;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native code on memory that has gone ends the process: if one of these tests fails to guard, there
 * is no test left to say so.
 */
class LineFlushTest {
  private static final int PAGE = 4096;
  private static final long BYTES = 2 * LineFlush.PIECE_BYTES + 3 * PAGE;

  @TempDir Path folder;

  @Test
  void anyRangeIsTakenAndNoByteOfItChanges() throws Exception {
    SimulatedDax dax = dax();
    try (Device device = open(dax)) {
      device.memory().fill((byte) 6);
      long piece = LineFlush.PIECE_BYTES;
      for (long offset : new long[] {0, 1, 63, 64, 65, PAGE - 1, PAGE, piece - 1, piece + 1}) {
        for (long bytes : new long[] {0, 1, 2, 63, 64, 65, PAGE, PAGE + 1, piece - 1, piece + 1}) {
          device.persist(offset, bytes);
        }
        device.persist(offset, BYTES - offset);
      }
    }
    assertThat(Files.readAllBytes(dax.node)).hasSize((int) BYTES).containsOnly(6);
  }

  @Test
  void memoryThatHasGoneIsRefusedAndTheProcessLives() throws Exception {
    SimulatedDax dax = dax();
    try (Device device = open(dax)) {
      truncate(dax, PAGE);
      device.persist(0, PAGE);

      assertThatThrownBy(() -> device.persist(PAGE - 1, 2))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
          .hasMessage(
              dax.node + ": asked for 2 bytes at 4095 to be persisted, found memory that faults");
      assertThatThrownBy(() -> device.persist(0, BYTES)).isInstanceOf(DeviceException.class);
      assertThatThrownBy(() -> device.persist(BYTES - 1, 1)).isInstanceOf(DeviceException.class);

      truncate(dax, BYTES);
      device.persist(0, BYTES);
    }
  }

  /** Compiled code tells of a fault later than interpreted code does. */
  @Test
  void memoryThatHasGoneIsRefusedByHotCodeToo() throws Exception {
    SimulatedDax dax = dax();
    try (Device device = open(dax)) {
      for (int i = 0; i < 20_000; i++) {
        device.persist(i, 3 * PAGE);
      }
      truncate(dax, BYTES - 2 * PAGE);
      for (int i = 0; i < 3_000; i++) {
        long bytes = 2 * PAGE + 1 + i;
        assertThatThrownBy(() -> device.persist(BYTES - bytes, bytes))
            .isInstanceOf(DeviceException.class);
        device.persist(BYTES - 3 * PAGE - i, PAGE);
      }
      assertThat(device.memory().get(JAVA_BYTE, 0)).isZero();
    }
  }

  private SimulatedDax dax() throws Exception {
    return SimulatedDax.in(folder, "" + BYTES, "" + PAGE, BYTES);
  }

  private static Device open(SimulatedDax dax) {
    return dax.open(DeviceOptions.of(dax.node.toString()), new Loaded(NeededHelper.orSkip()));
  }

  private static void truncate(SimulatedDax dax, long bytes) throws Exception {
    try (var file = new RandomAccessFile(dax.node.toFile(), "rw")) {
      file.setLength(bytes);
    }
  }
}
