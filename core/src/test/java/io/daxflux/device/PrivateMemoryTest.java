package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daxflux.device.DeviceException.Reason;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivateMemoryTest {
  @Test
  void memoryIsContiguousWholePages() {
    int pageBytes = new Posix().pageBytes();
    try (PrivateMemory memory = PrivateMemory.map(3L * pageBytes + 1)) {
      assertThat(memory.bytes()).isEqualTo(4L * pageBytes);
      assertThat(memory.memory().byteSize()).isEqualTo(memory.bytes());
      assertThat(memory.memory().address() % pageBytes).isZero();
      memory.memory().fill((byte) 1);
    }
  }

  @Test
  void anyThreadMayUseIt() throws Exception {
    try (PrivateMemory memory = PrivateMemory.map(1)) {
      Thread.ofVirtual().start(() -> memory.memory().set(JAVA_BYTE, 0, (byte) 8)).join();

      assertThat(memory.memory().get(JAVA_BYTE, 0)).isEqualTo((byte) 8);
    }
  }

  @Test
  void lockingKeepsInMemoryWhatIsTouched() {
    assumeTrue(ProcessView.mayLockMemory(), "this user may not lock memory");
    int pageBytes = new Posix().pageBytes();
    try (PrivateMemory memory = PrivateMemory.map(pageBytes)) {
      long address = memory.memory().address();

      assertThat(memory.tryLock()).isEmpty();
      assertThat(ProcessView.residentKilobytes(address)).isZero();
      memory.memory().fill((byte) 1);

      assertThat(ProcessView.lockedKilobytes(address)).isEqualTo(pageBytes >> 10);
    }
  }

  @Test
  void refusedLockSaysWhy() {
    Posix strict =
        new Posix() {
          @Override
          void lockPages(long address, long bytes) {
            super.lockPages(address, 1L << 60);
          }
        };
    try (PrivateMemory memory = PrivateMemory.map(1, strict)) {
      String start = Long.toHexString(memory.memory().address());

      assertThat(memory.tryLock())
          .hasValueSatisfying(
              reason ->
                  assertThat(reason)
                      .startsWith("mlock2 of 1152921504606846976 bytes at 0x" + start + ": errno ")
                      .endsWith(")"));
    }
  }

  @Test
  void memoryThatCouldHoldAHugePageBeginsWhereOneCan() {
    for (long bytes : List.of(Posix.HUGE_PAGE_BYTES, 3 * Posix.HUGE_PAGE_BYTES + 1)) {
      try (PrivateMemory memory = PrivateMemory.map(bytes)) {
        assertThat(memory.memory().address() % Posix.HUGE_PAGE_BYTES).isZero();
        assertThat(memory.bytes())
            .isGreaterThanOrEqualTo(bytes)
            .isLessThan(bytes + new Posix().pageBytes());
        memory.memory().fill((byte) 1);
      }
    }
  }

  @Test
  void memoryIsOfHugePagesWhereAsked() {
    assumeTrue(ProcessView.givesHugePages(), "this system gives no huge pages");
    try (PrivateMemory memory = PrivateMemory.map(32 * Posix.HUGE_PAGE_BYTES)) {
      long address = memory.memory().address();

      assertThat(memory.tryHugePages()).isEmpty();
      assertThat(ProcessView.residentKilobytes(address)).isZero();
      memory.memory().fill((byte) 1);

      // Not all, where the machine's memory is in pieces.
      assertThat(ProcessView.hugeKilobytes(address)).isPositive();
    }
  }

  @Test
  void refusedHugePagesAreSaidAndTheMemoryWorks() {
    Posix strict =
        new Posix() {
          @Override
          void advise(long address, long bytes, int advice) {
            super.advise(address, bytes, -1);
          }
        };
    try (PrivateMemory memory = PrivateMemory.map(1, strict)) {
      String start = Long.toHexString(memory.memory().address());

      assertThat(memory.tryHugePages())
          .hasValue(
              "madvise -1 of "
                  + memory.bytes()
                  + " bytes at 0x"
                  + start
                  + ": errno 22 (Invalid argument)");
      memory.memory().fill((byte) 1);
    }
  }

  @Test
  void closeGivesTheMappingBackOnce() {
    WatchedPosix posix = new WatchedPosix();
    PrivateMemory memory = PrivateMemory.map(1, posix);
    assertThat(posix.held).hasSize(1);
    MemorySegment slice = memory.memory().asSlice(0, 1);

    memory.close();
    memory.close();

    assertThat(posix.held).isEmpty();
    assertThatThrownBy(() -> slice.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(memory::tryHugePages).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(memory::tryLock).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sizeMustBePositive() {
    assertThatThrownBy(() -> PrivateMemory.map(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("memory bytes: expected at least 1, found 0");
  }

  @Test
  void noRoomForItIsATypedError() {
    assertThatThrownBy(() -> PrivateMemory.map(Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_MAPPABLE))
        .hasMessage(
            "memory: asked for 9223372036854775807 bytes, found errno 12 (Cannot allocate memory)");
  }
}
