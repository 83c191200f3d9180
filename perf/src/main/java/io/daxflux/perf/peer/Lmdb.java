package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/**
 * LMDB: values are found where they are mapped and copied from there, once, by the JVM's copy. Read
 * transactions are reset and renewed, as it advises; nothing is synced.
 */
public final class Lmdb implements Peer {
  private static final int MOST_KEY_BYTES = 511;
  private static final int MOST_READERS = 126;

  private final Env<ByteBuffer> env;
  private final Dbi<ByteBuffer> db;
  private final Queue<Txn<ByteBuffer>> resting = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<ByteBuffer> keys =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(MOST_KEY_BYTES));

  /**
   * Opens an empty one in this folder.
   *
   * @param bytes how large it may grow
   */
  public Lmdb(Path folder, long bytes) {
    env =
        Env.create(ByteBufferProxy.PROXY_OPTIMAL)
            .setMapSize(bytes)
            .setMaxDbs(1)
            .setMaxReaders(MOST_READERS)
            .open(
                folder.toFile(),
                EnvFlags.MDB_NOSYNC,
                EnvFlags.MDB_WRITEMAP,
                EnvFlags.MDB_NOTLS,
                EnvFlags.MDB_NORDAHEAD);
    db = env.openDbi("chunks", DbiFlags.MDB_CREATE);
  }

  @Override
  public String name() {
    return "LMDB";
  }

  @Override
  public void put(ChunkKey key, MemorySegment value) {
    putAll(List.of(key), List.of(value));
  }

  @Override
  public boolean hasBatches() {
    return true;
  }

  /** It has one at a time. */
  @Override
  public int batchWriters(int threads) {
    return 1;
  }

  /** In one transaction. */
  @Override
  public void putAll(List<ChunkKey> keys, List<MemorySegment> values) {
    try (Txn<ByteBuffer> txn = env.txnWrite()) {
      for (int i = 0; i < keys.size(); i++) {
        long bytes = values.get(i).byteSize();
        MemorySegment place =
            MemorySegment.ofBuffer(db.reserve(txn, buffer(keys.get(i)), (int) bytes));
        MemorySegment.copy(values.get(i), 0, place, 0, bytes);
      }
      txn.commit();
    }
  }

  @Override
  public void get(ChunkKey key, MemorySegment output) {
    getAll(List.of(key), List.of(output));
  }

  /** In one transaction. */
  @Override
  public void getAll(List<ChunkKey> keys, List<MemorySegment> outputs) {
    Txn<ByteBuffer> txn = resting.poll();
    if (txn == null) {
      txn = env.txnRead();
    } else {
      txn.renew();
    }
    try {
      for (int i = 0; i < keys.size(); i++) {
        ByteBuffer found = db.get(txn, buffer(keys.get(i)));
        if (found == null) {
          throw new PeerException("expected chunk " + keys.get(i) + ", found none");
        }
        MemorySegment output = outputs.get(i);
        MemorySegment.copy(MemorySegment.ofBuffer(found), 0, output, 0, output.byteSize());
      }
    } finally {
      txn.reset();
      resting.add(txn);
    }
  }

  private ByteBuffer buffer(ChunkKey key) {
    return keys.get().clear().put(key.toBytes()).flip();
  }

  @Override
  public void close() {
    resting.forEach(Txn::close);
    db.close();
    env.close();
  }
}
