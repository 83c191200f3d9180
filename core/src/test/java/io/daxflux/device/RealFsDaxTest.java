package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device.Durability;
import io.daxflux.device.NativeHelper.Loading.Loaded;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Files on a file system that maps persistent memory directly (mounted with {@code dax}); the
 * folder is named by {@code daxflux.test.fsdax}.
 */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.fsdax",
    matches = "/.+",
    disabledReason = "no folder on a file system with DAX was named")
class RealFsDaxTest {
  private static final long BYTES = 8 << 20;

  private final Path path = Path.of(System.getProperty("daxflux.test.fsdax", ""), "arena");
  private final WatchedPosix posix = new WatchedPosix();

  @AfterEach
  void remove() throws Exception {
    Files.deleteIfExists(path);
  }

  @Test
  void fileIsMappedDirectlyAndKeepsItsBytes() throws Exception {
    try (Device device = open()) {
      assertThat(device.durability()).isEqualTo(Durability.POWER);
      assertThat(device.durabilityNote()).isEmpty();
      device.memory().set(JAVA_BYTE, BYTES - 1, (byte) 21);
      device.persist(BYTES - 1, 1);
      device.persist(0, BYTES);
    }
    assertThat(posix.calls).contains("sync of folder", "synchronous map").doesNotContain("map");
    assertThat(Files.readAllBytes(path)[(int) BYTES - 1]).isEqualTo((byte) 21);
  }

  @Test
  void truncatedFileIsRefusedAndTheProcessLives() throws Exception {
    try (Device device = open()) {
      device.memory().fill((byte) 1);
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(4096);
      }

      device.persist(0, 4096);
      assertThatThrownBy(() -> device.persist(0, BYTES)).isInstanceOf(DeviceException.class);
    }
  }

  private Device open() {
    return new Opening(
            DeviceOptions.of(path.toString()).withBytes(BYTES),
            posix,
            Path.of("/sys"),
            new Loaded(NeededHelper.orSkip()))
        .open();
  }
}
