package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device.Durability;
import io.daxflux.device.Device.Kind;
import io.daxflux.device.DeviceException.Reason;
import io.daxflux.device.DeviceOptions.Prefaulting;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Overwrites a real device-dax character device, named by {@code daxflux.test.dax}. */
@EnabledIfSystemProperty(
    named = "daxflux.test.dax",
    matches = "/.+",
    disabledReason = "no device-dax device to overwrite was named")
class RealDaxTest {
  private final DeviceOptions options =
      DeviceOptions.of(System.getProperty("daxflux.test.dax", ""));

  @Test
  void wholeDeviceIsMappedAndKeepsItsBytes() {
    long last;
    try (Device device = Devices.open(options)) {
      assertThat(device.kind()).isEqualTo(Kind.DEVDAX);
      last = device.bytes() - 1;
      device.memory().set(JAVA_BYTE, 0, (byte) 11);
      device.memory().set(JAVA_BYTE, last, (byte) 12);
      device.persist(0, device.bytes());
    }
    try (Device device = Devices.open(options)) {
      assertThat(device.bytes()).isEqualTo(last + 1);
      assertThat(device.memory().get(JAVA_BYTE, 0)).isEqualTo((byte) 11);
      assertThat(device.memory().get(JAVA_BYTE, last)).isEqualTo((byte) 12);
    }
  }

  @Test
  void whatIsPersistedByTheHelperSurvivesALossOfPower() {
    NeededHelper.orSkip();
    try (Device device = Devices.open(options)) {
      assertThat(device.durability()).isEqualTo(Durability.POWER);
      assertThat(device.durabilityNote()).isEmpty();
      device.memory().asSlice(4095, 3).fill((byte) 4);
      device.persist(4095, 3);
    }
  }

  @Test
  void partOfTheDeviceIsMappedInWholeUnits() {
    try (Device device = Devices.open(options.withBytes((5 << 20) + 1))) {
      assertThat(device.bytes()).isEqualTo(4 << 20);
      MemorySegment.copy(device.memory(), 0, device.memory(), 2 << 20, 2 << 20);
      Faults.settle();
    }
  }

  @Test
  void touchingKeepsItsBytes() {
    try (Device device = Devices.open(options.withBytes(4 << 20).withPrefaulting(Prefaulting.ON))) {
      device.memory().fill((byte) 3);
      byte[] stored = device.memory().toArray(JAVA_BYTE);

      assertThat(device.prefaulted().toCompletableFuture().join()).isEqualTo(4 << 20);
      assertThat(device.memory().toArray(JAVA_BYTE)).isEqualTo(stored).startsWith(3, 3);
    }
  }

  @Test
  void moreThanItHasIsRefused() {
    assertThatThrownBy(() -> Devices.open(options.withBytes(1L << 50)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void secondOwnerIsRefused() {
    try (Device device = Devices.open(options)) {
      assertThatThrownBy(() -> Devices.open(options))
          .as(device.name())
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED))
          .hasMessageContaining("owned by this process");
    }
  }
}
