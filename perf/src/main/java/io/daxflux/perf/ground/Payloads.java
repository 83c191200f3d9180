package io.daxflux.perf.ground;

import io.daxflux.device.PrivateMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Memory of a caller's own, touched, with room for the chunks of some requests. */
public final class Payloads implements AutoCloseable {
  private final List<Ask> asks;
  private final PrivateMemory memory;
  private final List<List<MemorySegment>> chunks = new ArrayList<>();

  /** Room for these, all zero. */
  public Payloads(List<Ask> asks) {
    this.asks = asks;
    this.memory = PrivateMemory.map(asks.stream().mapToLong(Ask::bytes).sum());
    memory.prefault().toCompletableFuture().join();
    long at = 0;
    for (Ask ask : asks) {
      long chunkBytes = ask.document().chunk().bytes();
      List<MemorySegment> places = new ArrayList<>();
      for (int i = 0; i < ask.chunks(); i++) {
        places.add(memory.memory().asSlice(at, chunkBytes));
        at += chunkBytes;
      }
      chunks.add(places);
    }
  }

  /** Writes what the chunks hold. */
  public Payloads fill() {
    for (int ask = 0; ask < asks.size(); ask++) {
      for (int i = 0; i < asks.get(ask).chunks(); i++) {
        asks.get(ask).payload(i).write(chunks.get(ask).get(i));
      }
    }
    return this;
  }

  /** Makes it all zero. */
  public void clear() {
    chunks.stream().flatMap(List::stream).parallel().forEach(chunk -> chunk.fill((byte) 0));
  }

  /** The memory for a request's chunks. */
  public List<MemorySegment> chunks(int ask) {
    return chunks.get(ask);
  }

  @Override
  public void close() {
    memory.close();
  }
}
