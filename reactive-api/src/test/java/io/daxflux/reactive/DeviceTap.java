package io.daxflux.reactive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.daxflux.device.Device;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds the bytes of chunks on a store's device, and changes them there. */
public final class DeviceTap implements UnaryOperator<Device> {
  private static final int ENOUGH_TO_TELL = 16;

  private volatile @Nullable Device device;

  @Override
  public Device apply(Device opened) {
    device = opened;
    return opened;
  }

  /** Where a chunk's bytes begin. */
  public long find(String name, int length) {
    byte[] memory = memory().toArray(JAVA_BYTE);
    byte[] sought = Arrays.copyOf(Chunks.bytesOf(name, length), Math.min(length, ENOUGH_TO_TELL));
    for (int at = 0; at + length <= memory.length; at++) {
      if (memory[at] == sought[0]
          && Arrays.equals(memory, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    throw new AssertionError("expected the bytes of " + name + ", found them nowhere");
  }

  /** Flips a bit of a chunk's byte. */
  public void corrupt(String name, int length, int index) {
    long at = find(name, length) + index;
    memory().set(JAVA_BYTE, at, (byte) (memory().get(JAVA_BYTE, at) ^ 4));
  }

  /** Flips a bit in the middle of a chunk. */
  public void corrupt(String name, int length) {
    corrupt(name, length, length / 2);
  }

  private MemorySegment memory() {
    return Objects.requireNonNull(device, "not opened").memory();
  }
}
