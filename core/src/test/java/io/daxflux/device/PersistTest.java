package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.DeviceException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistTest {
  @TempDir Path folder;
  private final List<List<Long>> synced = new ArrayList<>();
  private final Posix posix =
      new Posix() {
        @Override
        void sync(long address, long bytes) {
          synced.add(List.of(address, bytes));
          super.sync(address, bytes);
        }
      };

  @Test
  void allPagesThatHoldTheBytesAreSynced() throws Exception {
    long page = posix.pageBytes();
    try (Device device = open(8 * (int) page)) {
      long start = device.memory().address();
      device.persist(0, page);
      device.persist(page + 1, 1);
      device.persist(3 * page - 1, 2);
      device.persist(8 * page - 1, 1);

      assertThat(synced)
          .containsExactly(
              List.of(start, page),
              List.of(start + page, 2L),
              List.of(start + 2 * page, page + 1),
              List.of(start + 7 * page, page));
    }
  }

  @Test
  void noBytesNeedNoSync() throws Exception {
    try (Device device = open(4096)) {
      device.persist(4096, 0);

      assertThat(synced).isEmpty();
    }
  }

  @Test
  void bytesReachTheFile() throws Exception {
    try (Device device = open(100_000)) {
      device.memory().set(JAVA_BYTE, 99_999, (byte) 77);
      device.persist(99_999, 1);

      assertThat(Files.readAllBytes(Path.of(device.name()))[99_999]).isEqualTo((byte) 77);
    }
  }

  @Test
  void refusalIsTypedAndNamesTheBytes() throws Exception {
    Posix failing =
        new Posix() {
          @Override
          void sync(long address, long bytes) {
            throw new RefusedCall("msync", 5, "Input/output error");
          }
        };
    Path path = Files.write(folder.resolve("arena"), new byte[4096]);
    try (Device device =
        new Opening(DeviceOptions.of(path.toString()), failing, Path.of("/sys")).open()) {
      assertThatThrownBy(() -> device.persist(10, 20))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
          .hasMessage(
              path
                  + ": asked for 20 bytes at 10 to be persisted, found errno 5 (Input/output"
                  + " error)");
    }
  }

  private Device open(int bytes) throws Exception {
    Path path = Files.write(folder.resolve("arena"), new byte[bytes]);
    return new Opening(DeviceOptions.of(path.toString()), posix, Path.of("/sys")).open();
  }
}
