package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.perf.floor.RawMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;

/**
 * Chronicle Map, persisted to a file: values of one constant length, without checksums; values are
 * copied once, to and from where they are mapped, under the lock of their segment.
 */
public final class Chronicle implements Peer {
  private final ChronicleMap<byte[], ByteBuffer> map;

  /** Opens an empty one for so many values of this length. */
  public Chronicle(Path file, int entries, int keyBytes, long valueBytes) {
    byte[] key = new byte[keyBytes];
    Arrays.fill(key, (byte) 'k');
    try {
      map =
          ChronicleMap.of(byte[].class, ByteBuffer.class)
              .name("shootout")
              .averageKey(key)
              .constantValueSizeBySample(ByteBuffer.allocateDirect((int) valueBytes))
              .entries(entries)
              .checksumEntries(false) // else each put hashes its value
              .createPersistedTo(file.toFile());
    } catch (IOException | RuntimeException | LinkageError refused) {
      throw new PeerException("does not open: " + refused, refused);
    }
  }

  @Override
  public String name() {
    return "Chronicle Map";
  }

  @Override
  public void put(ChunkKey key, MemorySegment value) {
    try {
      // Memory of an arena that can be closed is refused.
      map.put(key.toBytes(), RawMemory.at(value.address(), value.byteSize()).asByteBuffer());
    } catch (RuntimeException | LinkageError refused) {
      throw new PeerException("does not store: " + refused, refused);
    }
  }

  @Override
  public void get(ChunkKey key, MemorySegment output) {
    try (ExternalMapQueryContext<byte[], ByteBuffer, ?> query = map.queryContext(key.toBytes())) {
      query.readLock().lock();
      MapEntry<byte[], ByteBuffer> entry = query.entry();
      if (entry == null) {
        throw new PeerException("expected chunk " + key + ", found none");
      }
      Data<ByteBuffer> value = entry.value();
      if (value.size() != output.byteSize()) {
        throw new PeerException("expected " + output.byteSize() + " bytes, found " + value.size());
      }
      value.bytes().nativeRead(value.offset(), output.address(), value.size());
    }
  }

  @Override
  public void close() {
    map.close();
  }
}
