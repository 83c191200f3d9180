package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ByteBufferGetStatus;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with BlobDB: values beside the tree, in blob files, uncompressed and without a log ahead;
 * files mapped, checksums not verified, values through direct buffers. What was put is flushed from
 * the table in memory to the files before it is read.
 */
public final class Rocks implements Peer {
  private static final long BLOB_FILE_BYTES = 1L << 30;
  private static final long MEMTABLE_BYTES = 256L << 20;
  private static final int MOST_KEY_BYTES = 4096;
  private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

  static {
    RocksDB.loadLibrary();
  }

  private final LRUCache cache = new LRUCache(32L << 20);
  private final Options options = new Options();
  private final WriteOptions writes = new WriteOptions().setDisableWAL(true);
  private final ReadOptions reads = new ReadOptions().setVerifyChecksums(false).setFillCache(false);
  private final ThreadLocal<ByteBuffer> keys =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(MOST_KEY_BYTES));
  private final Path folder;
  private RocksDB db;

  /** Opens an empty one in this folder. */
  public Rocks(Path folder) {
    options
        .setCreateIfMissing(true)
        .setEnableBlobFiles(true)
        .setMinBlobSize(0)
        .setBlobFileSize(BLOB_FILE_BYTES)
        .setBlobCompressionType(CompressionType.NO_COMPRESSION)
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setEnableBlobGarbageCollection(true)
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setAllowMmapReads(true)
        .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
    this.folder = folder;
    this.db = open();
  }

  private RocksDB open() {
    try {
      return RocksDB.open(options, folder.toString());
    } catch (RocksDBException refused) {
      throw new PeerException("does not open: " + refused.getMessage(), refused);
    }
  }

  /** What was replaced would stay in its blob files until much later. */
  @Override
  public void clear() {
    db.close();
    try {
      RocksDB.destroyDB(folder.toString(), options);
    } catch (RocksDBException refused) {
      throw new PeerException("is not removed: " + refused.getMessage(), refused);
    }
    db = open();
  }

  @Override
  public String name() {
    return "RocksDB (BlobDB)";
  }

  @Override
  public void put(ChunkKey key, MemorySegment value) {
    try {
      db.put(writes, buffer(key), value.asByteBuffer());
    } catch (RocksDBException refused) {
      throw new PeerException("does not store: " + refused.getMessage(), refused);
    }
  }

  @Override
  public void get(ChunkKey key, MemorySegment output) {
    try {
      int found = db.get(reads, buffer(key), output.asByteBuffer());
      if (found != output.byteSize()) {
        throw new PeerException("expected " + output.byteSize() + " bytes, found " + found);
      }
    } catch (RocksDBException refused) {
      throw new PeerException("does not read: " + refused.getMessage(), refused);
    }
  }

  @Override
  public boolean hasBatches() {
    return true;
  }

  /** By a batch of writes. */
  @Override
  public void putAll(List<ChunkKey> keys, List<MemorySegment> values) {
    try (WriteBatch batch = new WriteBatch()) {
      for (int i = 0; i < keys.size(); i++) {
        batch.put(buffer(keys.get(i)), values.get(i).asByteBuffer());
      }
      db.write(writes, batch);
    } catch (RocksDBException refused) {
      throw new PeerException("does not store: " + refused.getMessage(), refused);
    }
  }

  /** By a multi-get. */
  @Override
  public void getAll(List<ChunkKey> keys, List<MemorySegment> outputs) {
    List<ByteBuffer> names =
        keys.stream()
            .map(ChunkKey::toBytes)
            .map(name -> ByteBuffer.allocateDirect(name.length).put(name).flip())
            .toList();
    List<ByteBuffer> places = outputs.stream().map(MemorySegment::asByteBuffer).toList();
    try {
      List<ByteBufferGetStatus> found = db.multiGetByteBuffers(reads, names, places);
      for (int i = 0; i < keys.size(); i++) {
        int bytes = found.get(i).requiredSize;
        if (bytes != outputs.get(i).byteSize()) {
          throw new PeerException(
              "expected " + outputs.get(i).byteSize() + " bytes, found " + bytes);
        }
      }
    } catch (RocksDBException refused) {
      throw new PeerException("does not read: " + refused.getMessage(), refused);
    }
  }

  /** Nothing is left in the table in memory, and no compaction goes on. */
  @Override
  public void settle() {
    try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      db.flush(waiting);
      while (db.getLongProperty("rocksdb.num-running-compactions") > 0
          || db.getLongProperty("rocksdb.compaction-pending") > 0) {
        LockSupport.parkNanos(POLL_NS);
      }
    } catch (RocksDBException refused) {
      throw new PeerException("is not flushed: " + refused.getMessage(), refused);
    }
  }

  private ByteBuffer buffer(ChunkKey key) {
    return keys.get().clear().put(key.toBytes()).flip();
  }

  @Override
  public void close() {
    db.close();
    reads.close();
    writes.close();
    options.close();
    cache.close();
  }
}
