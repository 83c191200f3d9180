package io.daxflux.examples.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Memory for chunks on their way to the store, used again once the store has read them. */
final class ExportBuffers implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final Queue<MemorySegment> free = new ConcurrentLinkedQueue<>();

  /** So many bytes; the caller gives them back. */
  MemorySegment take(long bytes) {
    MemorySegment used = free.poll();
    return used != null && used.byteSize() == bytes ? used : arena.allocate(bytes, ALIGNMENT);
  }

  void giveBack(MemorySegment buffer) {
    free.add(buffer);
  }

  /** When nothing is out any more. */
  @Override
  public void close() {
    arena.close();
  }
}
