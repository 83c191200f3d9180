package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.daxflux.device.Device.Kind;
import io.daxflux.device.DeviceException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking before opening, and opening to look: neither changes anything. */
class FirstLookTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void choose() {
    path = folder.resolve("arena");
  }

  private DeviceOptions options() {
    return DeviceOptions.of(path.toString()).withBytes(MIB);
  }

  private void sparseFile(long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(bytes);
      file.write(7);
    }
  }

  private FileStatus status() {
    return Posix.system().status(path.toString()).orElseThrow();
  }

  private static long refuse(Device found, long bytes) {
    throw new UnsupportedOperationException("not " + found.name());
  }

  @Test
  void refusedFileKeepsLengthAndStorage() throws IOException {
    for (long bytes : new long[] {24, MIB, 4 * MIB}) {
      sparseFile(bytes);
      FileStatus before = status();

      assertThatThrownBy(() -> Devices.open(options(), FirstLookTest::refuse))
          .hasMessage("not " + path);

      assertThat(status()).isEqualTo(before);
      assertThat(ProcessView.descriptorsOn(folder)).isZero();
      assertThat(ProcessView.mappingsOf(folder)).isZero();
    }
  }

  @Test
  void refusedNewFileIsGone() {
    assertThatThrownBy(() -> Devices.open(options(), FirstLookTest::refuse))
        .hasMessage("not " + path);

    assertThat(path).doesNotExist();
  }

  @Test
  void lookSeesWhatIsThereAndCannotWriteIt() throws IOException {
    sparseFile(24);
    List<Device> seen = new ArrayList<>();
    FirstLook look =
        (found, bytes) -> {
          assertThat(bytes).isEqualTo(MIB);
          assertThat(found.kind()).isEqualTo(Kind.FILE);
          assertThat(found.bytes()).isEqualTo(24);
          assertThat(found.memory().get(JAVA_BYTE, 0)).isEqualTo((byte) 7);
          assertThatThrownBy(() -> found.memory().set(JAVA_BYTE, 0, (byte) 1))
              .isInstanceOf(IllegalArgumentException.class);
          seen.add(found);
          return bytes;
        };

    try (Device device = Devices.open(options(), look)) {
      assertThat(device.bytes()).isEqualTo(MIB);
      assertThat(device.memory().isReadOnly()).isFalse();
    }

    assertThatThrownBy(() -> seen.getFirst().memory().get(JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void newFileIsShownWithoutAByte() {
    Devices.open(
            options(),
            (found, bytes) -> {
              assertThat(found.bytes()).isZero();
              return bytes;
            })
        .close();

    assertThat(path).hasSize(MIB);
  }

  @Test
  void fileTakesNoMoreStorageThanTheLookHasUseFor() throws IOException {
    sparseFile(64 << 10);

    try (Device device = Devices.open(options(), (found, _) -> found.bytes())) {
      assertThat(device.bytes()).isEqualTo(64 << 10);
    }

    assertThat(path).hasSize(64 << 10);
    assertThat(status().allocatedBytes()).isLessThan(MIB);
  }

  @Test
  void allOfADeviceIsShownHoweverLittleIsMapped() throws IOException {
    SimulatedDax dax = SimulatedDax.in(folder, "" + MIB, "4096", MIB);
    DeviceOptions half = DeviceOptions.of(dax.node.toString()).withBytes(MIB / 2);

    Device device =
        new Opening(half, dax, dax.sysfs)
            .open(
                (found, bytes) -> {
                  assertThat(found.kind()).isEqualTo(Kind.DEVDAX);
                  assertThat(found.bytes()).isEqualTo(MIB);
                  return bytes / 2;
                });

    assertThat(device.bytes()).isEqualTo(MIB / 2);
    device.close();
    assertThat(dax.held).isEmpty();
  }

  @Test
  void readerSeesAllAndChangesNothing() throws IOException {
    sparseFile(4 * MIB);
    FileStatus before = status();

    Device device = Devices.openReadOnly(path.toString());
    assertThat(device.bytes()).isEqualTo(4 * MIB);
    assertThat(device.memory().get(JAVA_BYTE, 0)).isEqualTo((byte) 7);
    assertThat(device.durabilityNote()).hasValueSatisfying(n -> assertThat(n).contains("read"));
    assertThatThrownBy(() -> device.memory().set(JAVA_BYTE, 0, (byte) 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> device.persist(0, 1))
        .isInstanceOf(UnsupportedOperationException.class);
    device.close();

    assertThat(status()).isEqualTo(before);
    assertThat(ProcessView.descriptorsOn(folder)).isZero();
    assertThat(ProcessView.mappingsOf(folder)).isZero();
  }

  @Test
  void readersShareADeviceAndShareItWithNoOwner() {
    Device owner = Devices.open(options());
    assertLocked(() -> Devices.openReadOnly(path.toString()).close());
    owner.close();

    Device one = Devices.openReadOnly(path.toString());
    Device other = Devices.openReadOnly(path.toString());
    assertLocked(() -> Devices.open(options()).close());
    one.close();
    assertLocked(() -> Devices.open(options()).close());
    other.close();

    Devices.open(options()).close();
  }

  private static void assertLocked(Runnable opening) {
    DeviceException locked = catchThrowableOfType(DeviceException.class, opening::run);
    assertThat(locked.reason()).isEqualTo(Reason.LOCKED);
    assertThat(locked.found()).startsWith("it owned by this process");
  }

  @Test
  void readerCreatesNothing() {
    assertThatThrownBy(() -> Devices.openReadOnly(path.toString()))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING))
        .hasMessage(path + ": asked for an existing file or device, found none");

    assertThat(path).doesNotExist();
  }

  @Test
  void leaveToReadIsEnough() throws IOException {
    assumeFalse(ProcessView.isRoot(), "root may open everything");
    sparseFile(MIB);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));

    try (Device device = Devices.openReadOnly(path.toString())) {
      assertThat(device.bytes()).isEqualTo(MIB);
    }
  }

  @Test
  void memoryCannotBeLookedAt() {
    assertThatThrownBy(() -> Devices.openReadOnly(DeviceOptions.MEMORY))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE))
        .hasMessage("memory: asked for a device or file to read, found anonymous memory");
  }
}
