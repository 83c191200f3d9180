package io.daxflux.net.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds.
 *
 * @param heapBytes what the garbage collector leaves
 * @param directBytes outside of the heap: Netty's, in use or kept for the next, and the JDK's
 */
record Memory(long heapBytes, long directBytes) {
  private static final int COLLECTIONS = 3;

  /** As of now, when all garbage is gone. */
  static Memory now() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long nettys =
        ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider known
            ? known.metric().usedDirectMemory()
            : 0;
    long jdks =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Memory(heap, nettys + jdks);
  }

  Memory minus(Memory that) {
    return new Memory(heapBytes - that.heapBytes, directBytes - that.directBytes);
  }

  @Override
  public String toString() {
    return "heap %,d KiB, direct %,d KiB".formatted(heapBytes >> 10, directBytes >> 10);
  }
}
