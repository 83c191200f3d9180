package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device.Durability;
import io.daxflux.device.Device.Kind;
import io.daxflux.device.DeviceException.Reason;
import io.daxflux.device.DeviceOptions.Prefaulting;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryDeviceTest {
  private static final DeviceOptions MEMORY = DeviceOptions.of("memory:");

  @Test
  void memoryIsWholePagesOfZeros() {
    try (Device device = Devices.open(MEMORY.withBytes(10_000))) {
      assertThat(device.name()).isEqualTo("memory:");
      assertThat(device.kind()).isEqualTo(Kind.MEMORY);
      assertThat(device.durability()).isEqualTo(Durability.NONE);
      assertThat(device.bytes() % new Posix().pageBytes()).isZero();
      assertThat(device.bytes()).isGreaterThanOrEqualTo(10_000);
      assertThat(device.memory().toArray(JAVA_BYTE)).containsOnly(0);
    }
  }

  @Test
  void twoDevicesShareNothing() {
    try (Device one = Devices.open(MEMORY.withBytes(1));
        Device other = Devices.open(MEMORY.withBytes(1))) {
      one.memory().set(JAVA_BYTE, 0, (byte) 1);

      assertThat(other.memory().get(JAVA_BYTE, 0)).isZero();
    }
  }

  @Test
  void persistHasNothingToDoButChecksItsBounds() {
    try (Device device = Devices.open(MEMORY.withBytes(4096))) {
      device.persist(0, device.bytes());
      device.persist(device.bytes(), 0);

      assertThatThrownBy(() -> device.persist(1, device.bytes()))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> device.persist(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void useAfterCloseFailsLoudly() {
    Device device = Devices.open(MEMORY.withBytes(4096));
    MemorySegment slice = device.memory().asSlice(1, 10);
    device.close();
    device.close();

    assertThatThrownBy(() -> slice.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> device.persist(0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected memory: open, found it closed");
  }

  @Test
  void sizeMustBeGiven() {
    assertThatThrownBy(() -> Devices.open(MEMORY))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY))
        .hasMessage("memory: asked for memory without a size, found no size of its own");
  }

  @Test
  void moreThanTheMachineHasIsRefused() {
    assertThatThrownBy(() -> Devices.open(MEMORY.withBytes(1L << 45)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessageMatching(
            "memory: asked for 35184372088832 bytes, found a machine of \\d+ bytes");
  }

  @Test
  void sparseMemoryMayExceedTheMachine() {
    try (Device device = Devices.open(MEMORY.withBytes(1L << 45).withSparse(true))) {
      device.memory().set(JAVA_BYTE, (1L << 45) - 1, (byte) 1);

      assertThat(device.prefaulted().toCompletableFuture()).isCompletedWithValue(0L);
    }
  }

  @Test
  void moreThanAddressesReachIsRefused() {
    assertThatThrownBy(() -> Devices.open(MEMORY.withBytes(1L << 60).withSparse(true)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_MAPPABLE))
        .hasMessage(
            "memory: asked for 1152921504606846976 bytes,"
                + " found errno 12 (Cannot allocate memory)");
  }

  @Test
  void memoryIsTouchedInTheBackgroundUnlessAskedNotTo() {
    try (Device touched = Devices.open(MEMORY.withBytes(1 << 20));
        Device untouched =
            Devices.open(MEMORY.withBytes(1 << 20).withPrefaulting(Prefaulting.OFF))) {
      assertThat(touched.prefaulted().toCompletableFuture().join()).isEqualTo(1 << 20);
      assertThat(untouched.prefaulted().toCompletableFuture()).isCompletedWithValue(0L);
    }
  }

  @Test
  void memoryIsOfHugePagesUnlessSparseOrAskedNotTo() {
    assertThat(advised(MEMORY)).contains(Posix.MADV_HUGEPAGE);
    assertThat(advised(MEMORY.withHugePages(false))).doesNotContain(Posix.MADV_HUGEPAGE);
    assertThat(advised(MEMORY.withSparse(true))).doesNotContain(Posix.MADV_HUGEPAGE);
  }

  /** What the system is told of a device's memory; it refuses all of it. */
  private static List<Integer> advised(DeviceOptions options) {
    List<Integer> advised = new ArrayList<>();
    Posix posix =
        new Posix() {
          @Override
          void advise(long address, long bytes, int advice) {
            advised.add(advice);
            throw new RefusedCall("madvise", RefusedCall.EINVAL, "Invalid argument");
          }
        };
    DeviceOptions here = options.withBytes(4L << 20).withPrefaultExecutor(Runnable::run);
    try (Device device = new Opening(here, posix, Path.of("/sys")).open()) {
      device.memory().fill((byte) 1);
    }
    return advised;
  }

  @Test
  void optionsThatNoDeviceCouldMeetAreRefusedAtOnce() {
    assertThatThrownBy(() -> DeviceOptions.of(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device path: expected a path, found \" \"");
    assertThatThrownBy(() -> DeviceOptions.of("a\0b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MEMORY.withBytes(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device bytes: expected 0 (the whole device) or more, found -1");
  }
}
