package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** The running sum of private memory: a fault in it would end the virtual machine. */
final class PrivateSum implements RunningSum {
  private final CRC32C crc = new CRC32C();

  void update(MemorySegment privateMemory, long from, long bytes) {
    crc.update(privateMemory.asSlice(from, bytes).asByteBuffer());
  }

  @Override
  public int take() {
    int sum = (int) crc.getValue();
    crc.reset();
    return sum;
  }
}
