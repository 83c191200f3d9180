package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device.Kind;
import io.daxflux.device.DeviceException.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaxDeviceTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void sizeAndUnitComeFromSysfsWhateverThePath() throws Exception {
    SimulatedDax dax = dax("6291456", "2097152");

    try (Device device = dax.open(options(dax))) {
      assertThat(device.kind()).isEqualTo(Kind.DEVDAX);
      assertThat(device.name()).isEqualTo(dax.node.toString());
      assertThat(device.bytes()).isEqualTo(6 * MIB);
      device.memory().set(JAVA_BYTE, 6 * MIB - 1, (byte) 1);
      device.persist(0, 6 * MIB);
    }
    assertThat(dax.held).isEmpty();
  }

  @Test
  void lengthIsRoundedDownToWholeUnits() throws Exception {
    SimulatedDax dax = dax("7000000", "2097152");

    try (Device whole = dax.open(options(dax))) {
      assertThat(whole.bytes()).isEqualTo(6 * MIB);
    }
    try (Device asked = dax.open(options(dax).withBytes(5 * MIB))) {
      assertThat(asked.bytes()).isEqualTo(4 * MIB);
    }
  }

  @Test
  void deviceFileIsNeitherLengthenedNorAllocated() throws Exception {
    SimulatedDax dax = dax("6291456", "2097152");

    dax.open(options(dax).withBytes(4 * MIB)).close();

    assertThat(dax.calls).doesNotContain("allocate", "truncate", "volume");
  }

  @Test
  void sizeBeyondCapacityIsRefused() throws Exception {
    SimulatedDax dax = dax("6291456", "2097152");

    assertThatThrownBy(() -> dax.open(options(dax).withBytes(6 * MIB + 1)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessage(dax.node + ": asked for 6291457 bytes, found a device of 6291456 bytes");
    assertThat(dax.held).isEmpty();
  }

  @Test
  void sizeBelowOneUnitIsRefused() throws Exception {
    SimulatedDax dax = dax("6291456", "2097152");

    assertThatThrownBy(() -> dax.open(options(dax).withBytes(MIB)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISALIGNED))
        .hasMessage(dax.node + ": asked for 1048576 bytes, found units of 2097152 bytes");
  }

  @Test
  void deviceWithoutSpaceIsRefused() throws Exception {
    SimulatedDax dax = dax("0", "2097152");

    assertThatThrownBy(() -> dax.open(options(dax)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY))
        .hasMessage(
            dax.node + ": asked for a device with space, found 0 bytes in units of 2097152");
  }

  @Test
  void unreadableSysfsIsRefused() throws Exception {
    SimulatedDax dax = dax("a lot", "2097152");

    assertThatThrownBy(() -> dax.open(options(dax)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
        .hasMessageContaining("asked for its size and alignment in " + dax.sysfs)
        .hasMessageContaining("a lot");
  }

  @Test
  void characterDeviceOfAnotherDriverIsNotEvenOpened() throws Exception {
    SimulatedDax other = dax("6291456", "2097152").ofAnotherDriver();

    assertThatThrownBy(() -> other.open(options(other)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE))
        .hasMessage(
            other.node
                + ": asked for a device-dax character device or a regular file,"
                + " found another character device (251:7)");
    assertThat(other.calls).doesNotContain("open");
  }

  private SimulatedDax dax(String sizeText, String alignText) throws Exception {
    return SimulatedDax.in(folder, sizeText, alignText, 8 * MIB);
  }

  private static DeviceOptions options(SimulatedDax dax) {
    return DeviceOptions.of(dax.node.toString());
  }
}
