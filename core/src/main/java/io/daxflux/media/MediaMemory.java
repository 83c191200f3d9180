package io.daxflux.media;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.daxflux.device.Device;
import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Superblocks and records are read and written here and nowhere else: between the device and
 * private memory, with every fault settled before a call returns. A fault is an {@link
 * InternalError} of which {@link Faults#isFault} holds.
 *
 * <p>Each read, write and persist is one step, so that tests can watch them and replay what a crash
 * leaves of them.
 */
class MediaMemory {
  private static final ValueLayout.OfLong WORD = JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Device device;

  MediaMemory(Device device) {
    this.device = device;
  }

  Device device() {
    return device;
  }

  /** Copies bytes of the device. */
  void read(long offset, byte[] into, int at, int bytes) {
    MemorySegment.copy(device.memory(), JAVA_BYTE, offset, into, at, bytes);
    Faults.settle();
  }

  /** Copies bytes of the device; false where its memory faults, and the bytes are unknown. */
  final boolean tryRead(long offset, byte[] into, int at, int bytes) {
    return Faults.survived(() -> read(offset, into, at, bytes));
  }

  /** Stores bytes, in no order that could be relied on. */
  void write(long offset, byte[] from, int at, int bytes) {
    MemorySegment.copy(from, at, device.memory(), JAVA_BYTE, offset, bytes);
    Faults.settle();
  }

  /** Stores an aligned word as a whole, after everything that was stored before. */
  void writeWord(long offset, long word) {
    VarHandle.storeStoreFence();
    device.memory().set(WORD, offset, word);
    Faults.settle();
  }

  /** Returns when bytes are as durable as the device can make them. */
  void persist(long offset, long bytes) {
    device.persist(offset, bytes);
  }
}
