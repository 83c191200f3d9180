package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device.Durability;
import io.daxflux.device.Device.Kind;
import io.daxflux.device.DeviceException.Reason;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.NativeHelper.Loading.Missing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Overwrites a real device-dax character device, named by {@code daxflux.test.dax}. */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax",
    matches = "/.+",
    disabledReason = "no device-dax device to overwrite was named")
class RealDaxTest {
  private static final Path SYSFS = Path.of("/sys");
  private static final long MIB = 1 << 20;

  private final Path node = Path.of(System.getProperty("daxflux.test.dax", ""));
  private final DeviceOptions options = DeviceOptions.of(node.toString());
  private final Posix posix = Posix.system();

  @Test
  void sizeAndUnitAreThoseOfSysfs() throws Exception {
    long unit = attribute("align");

    try (Device device = Devices.open(options)) {
      assertThat(device.kind()).isEqualTo(Kind.DEVDAX);
      assertThat(device.bytes()).isEqualTo(attribute("size") / unit * unit).isPositive();
      assertThat(device.memory().address() % unit).isZero();
    }
    assertThat(posix.status(node.toString()).orElseThrow().bytes()).isZero();
  }

  @Test
  void wholeDeviceIsMappedAndKeepsItsBytes() {
    long last;
    try (Device device = Devices.open(options)) {
      last = device.bytes() - 1;
      device.memory().set(JAVA_BYTE, 0, (byte) 11);
      device.memory().set(JAVA_BYTE, last, (byte) 12);
      device.persist(0, 3 * MIB + 1);
      device.persist(last, 1);
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
  void withoutTheHelperAKilledProcessIsSurvivedAndNoMoreIsClaimed() {
    try (Device device = new Opening(options, posix, SYSFS, new Missing("left out")).open()) {
      assertThat(device.durability()).isEqualTo(Durability.PROCESS);
      assertThat(device.durabilityNote().orElseThrow()).contains("no native helper (left out)");
      device.memory().set(JAVA_BYTE, 7, (byte) 7);
      device.persist(0, device.bytes());
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "daxflux.test.dax.virtio",
      matches = "/.+",
      disabledReason = "no device-dax device of virtio-pmem was named")
  void memoryThatIsACacheOfTheHostsIsNotTakenForPersistent() {
    DeviceOptions virtio = DeviceOptions.of(System.getProperty("daxflux.test.dax.virtio"));
    try (Device device = Devices.open(virtio)) {
      assertThat(device.durability()).isEqualTo(Durability.PROCESS);
      assertThat(device.durabilityNote().orElseThrow()).contains("not known to be persistent");
    }
  }

  @Test
  void partOfTheDeviceIsMappedInWholeUnits() throws Exception {
    long unit = attribute("align");

    try (Device device = Devices.open(options.withBytes(2 * unit + unit / 2 + 1))) {
      assertThat(device.bytes()).isEqualTo(2 * unit);
      MemorySegment.copy(device.memory(), 0, device.memory(), unit, unit);
      Faults.settle();
    }
    assertRefused(
        Reason.MISALIGNED,
        options.withBytes(unit - 1),
        "asked for " + (unit - 1) + " bytes, found units of " + unit + " bytes");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "daxflux.test.dax.fine",
      matches = "/.+",
      disabledReason = "no device-dax device in units of 4 KiB was named")
  void unitIsTheDevicesOwn() {
    DeviceOptions fine = DeviceOptions.of(System.getProperty("daxflux.test.dax.fine"));
    try (Device device = Devices.open(fine.withBytes(MIB + 4097))) {
      assertThat(device.bytes()).isEqualTo(MIB + 4096);
      device.memory().set(JAVA_BYTE, MIB + 4095, (byte) 1);
      device.persist(0, MIB + 4096);
    }
  }

  @Test
  void touchingKeepsItsBytes() {
    try (Device device = Devices.open(options.withBytes(4 * MIB).withPrefaulting(Prefaulting.ON))) {
      device.memory().fill((byte) 3);
      byte[] stored = device.memory().toArray(JAVA_BYTE);

      assertThat(device.prefaulted().toCompletableFuture().join()).isEqualTo(4 * MIB);
      assertThat(device.memory().toArray(JAVA_BYTE)).isEqualTo(stored).startsWith(3, 3);
    }
  }

  @Test
  void moreThanItHasIsRefused() throws Exception {
    long size = attribute("size");

    assertRefused(
        Reason.TOO_LARGE,
        options.withBytes(size + 1),
        "asked for " + (size + 1) + " bytes, found a device of " + size + " bytes");
  }

  /** The reason for the test above: nothing but sysfs knows how long a device is. */
  @Test
  void systemMapsMoreThanThereIsAndTheFaultIsSurvived() throws Exception {
    long size = attribute("size");
    long unit = attribute("align");
    int descriptor = posix.open(node.toString());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment tooLong = posix.map(arena, descriptor, size + unit);

      assertThat(tooLong.get(JAVA_BYTE, size - 1)).isBetween(Byte.MIN_VALUE, Byte.MAX_VALUE);
      assertThatThrownBy(
              () -> {
                var _ = tooLong.get(JAVA_BYTE, size);
                Faults.settle();
              })
          .isInstanceOfSatisfying(
              InternalError.class, error -> assertThat(Faults.isFault(error)).isTrue());
    } finally {
      posix.close(descriptor);
    }
  }

  @Test
  void systemMapsWholeUnitsOnly() throws Exception {
    long unit = attribute("align");
    int descriptor = posix.open(node.toString());
    try (Arena arena = Arena.ofShared()) {
      assertThatThrownBy(() -> posix.map(arena, descriptor, unit + 4096))
          .isInstanceOfSatisfying(
              RefusedCall.class, call -> assertThat(call.errno()).isEqualTo(RefusedCall.EINVAL));
    } finally {
      posix.close(descriptor);
    }
  }

  /** The reason for the native helper. */
  @Test
  void systemDoesNotPersist() {
    try (Device device = Devices.open(options)) {
      assertThatThrownBy(() -> posix.sync(device.memory().address(), 4096))
          .isInstanceOfSatisfying(
              RefusedCall.class, call -> assertThat(call.errno()).isEqualTo(RefusedCall.EINVAL));
    }
  }

  @Test
  void synchronousMappingIsOffered() throws Exception {
    int descriptor = posix.open(node.toString());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory =
          posix.mapSynchronously(arena, descriptor, attribute("align")).orElseThrow();
      memory.set(JAVA_BYTE, 5, (byte) 55);
      NeededHelper.orSkip().persist(memory.asSlice(0, 64));
      assertThat(memory.get(JAVA_BYTE, 5)).isEqualTo((byte) 55);
    } finally {
      posix.close(descriptor);
    }
  }

  @Test
  void readersSeeAllOfItAndCannotChangeIt() {
    try (Device owner = Devices.open(options)) {
      owner.memory().set(JAVA_BYTE, 77, (byte) 78);
    }
    try (Device reader = Devices.openReadOnly(node.toString());
        Device another = Devices.openReadOnly(node.toString())) {
      assertThat(reader.kind()).isEqualTo(Kind.DEVDAX);
      assertThat(reader.bytes()).isEqualTo(another.bytes()).isGreaterThan(2 * MIB);
      assertThat(reader.memory().get(JAVA_BYTE, 77)).isEqualTo((byte) 78);
      assertThat(reader.memory().isReadOnly()).isTrue();
      assertThatThrownBy(() -> reader.persist(0, 1))
          .isInstanceOf(UnsupportedOperationException.class);
      assertRefused(Reason.LOCKED, options, "asked for sole ownership, found it owned by this");
    }
    Devices.open(options).close();
  }

  @Test
  void nothingIsHeldAfterTheClose() {
    Devices.open(options).close();
    Devices.openReadOnly(node.toString()).close();

    assertThat(ProcessView.descriptorsOn(node)).isZero();
    assertThat(ProcessView.mappingsOf(node)).isZero();
  }

  private static void assertRefused(Reason reason, DeviceOptions options, String message) {
    assertThatThrownBy(() -> Devices.open(options))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(options.path() + ": " + message);
  }

  /** Asked by name here, and by number in the product. */
  private long attribute(String name) throws IOException {
    Path attribute = SYSFS.resolve("bus/dax/devices").resolve(node.getFileName()).resolve(name);
    return Long.parseLong(Files.readString(attribute).strip());
  }
}
