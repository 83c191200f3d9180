package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device.Durability;
import io.daxflux.device.Device.Kind;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeviceTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("arena");
  }

  @Test
  void absentFileIsCreatedWithStorageForEveryByte() throws Exception {
    try (Device device = Devices.open(options().withBytes(3 * MIB + 1))) {
      assertThat(device.name()).isEqualTo(path.toString());
      assertThat(device.kind()).isEqualTo(Kind.FILE);
      assertThat(device.bytes()).isEqualTo(3 * MIB + 1);
      assertThat(Files.size(path)).isEqualTo(3 * MIB + 1);
      assertThat(allocatedBytes()).isGreaterThanOrEqualTo(3 * MIB + 1);
      assertThat(device.memory().get(JAVA_BYTE, 3 * MIB)).isZero();
    }
  }

  @Test
  void createdFileIsItsUsersAlone() throws Exception {
    Devices.open(options().withBytes(MIB)).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void sparseFileTakesNoStorage() throws Exception {
    try (Device device = Devices.open(options().withBytes(1L << 40).withSparse(true))) {
      device.memory().set(JAVA_BYTE, (1L << 40) - 1, (byte) 7);

      assertThat(device.bytes()).isEqualTo(1L << 40);
      assertThat(allocatedBytes()).isLessThan(MIB);
    }
  }

  @Test
  void bytesAreThereAfterReopening() {
    try (Device device = Devices.open(options().withBytes(MIB))) {
      device.memory().set(JAVA_BYTE, MIB - 1, (byte) 42);
      device.persist(MIB - 1, 1);
    }
    try (Device device = Devices.open(options())) {
      assertThat(device.bytes()).isEqualTo(MIB);
      assertThat(device.memory().get(JAVA_BYTE, MIB - 1)).isEqualTo((byte) 42);
    }
  }

  @Test
  void shorterFileGrowsAndKeepsItsBytes() throws Exception {
    Files.write(path, new byte[] {1, 2, 3});

    try (Device device = Devices.open(options().withBytes(2 * MIB))) {
      assertThat(device.memory().asSlice(0, 4).toArray(JAVA_BYTE)).containsExactly(1, 2, 3, 0);
      assertThat(allocatedBytes()).isGreaterThanOrEqualTo(2 * MIB);
    }
  }

  @Test
  void longerFileIsMappedAsFarAsAskedFor() throws Exception {
    Files.write(path, new byte[10_000]);

    try (Device device = Devices.open(options().withBytes(5_000))) {
      assertThat(device.bytes()).isEqualTo(5_000);
    }
    assertThat(Files.size(path)).isEqualTo(10_000);
  }

  @Test
  void holesOfAnExistingFileAreGivenStorage() throws Exception {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[1]), 4 * MIB - 1);
    }
    assertThat(allocatedBytes()).isLessThan(MIB);

    Devices.open(options()).close();

    assertThat(allocatedBytes()).isGreaterThanOrEqualTo(4 * MIB);
  }

  @Test
  void lengthNeedNotBeWholePages() throws Exception {
    Files.write(path, new byte[4097]);

    try (Device device = Devices.open(options())) {
      device.memory().set(JAVA_BYTE, 4096, (byte) 9);
      device.persist(0, 4097);

      assertThat(device.bytes()).isEqualTo(4097);
      assertThatThrownBy(() -> device.memory().get(JAVA_BYTE, 4097))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThat(Files.readAllBytes(path)[4096]).isEqualTo((byte) 9);
  }

  @Test
  void fileInMemorySurvivesTheProcessOnly() throws Exception {
    Path inMemory = Files.createTempFile(Path.of("/dev/shm"), "daxflux", "");
    try (Device device = Devices.open(DeviceOptions.of(inMemory.toString()).withBytes(MIB))) {
      assertThat(device.durability()).isEqualTo(Durability.PROCESS);
    } finally {
      Files.delete(inMemory);
    }
  }

  @Test
  void signalDuringAllocationIsNoFailure() throws Exception {
    WatchedPosix calm = new WatchedPosix();
    new Opening(options().withBytes(MIB), calm, Path.of("/sys")).open().close();
    int allocate = calm.calls.indexOf("allocate");
    Files.delete(path);

    WatchedPosix signalled = new WatchedPosix().refusing(allocate, RefusedCall.EINTR);
    new Opening(options().withBytes(MIB), signalled, Path.of("/sys")).open().close();

    assertThat(signalled.calls).hasSize(calm.calls.size() + 1);
    assertThat(allocatedBytes()).isGreaterThanOrEqualTo(MIB);
  }

  private DeviceOptions options() {
    return DeviceOptions.of(path.toString());
  }

  private long allocatedBytes() {
    return new WatchedPosix().status(path.toString()).orElseThrow().allocatedBytes();
  }
}
