package io.daxflux.perf.peer;

import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.ScratchFolder;
import java.util.List;

/** The peers there are, and how each is opened for certain documents. */
public enum Peers {
  /** An LSM tree with its values beside it. */
  ROCKS("RocksDB (BlobDB)") {
    @Override
    public Peer open(ScratchFolder folder, List<Document> documents) {
      return new Rocks(folder.folder("rocksdb"));
    }
  },
  /** A mapped B+ tree. */
  LMDB("LMDB") {
    @Override
    public Peer open(ScratchFolder folder, List<Document> documents) {
      // As much again for puts that replace: a page is free when the transaction after is.
      return new Lmdb(folder.folder("lmdb"), 3 * bytes(documents) + (64L << 20));
    }
  },
  /** A mapped hash table. */
  CHRONICLE("Chronicle Map") {
    @Override
    public Peer open(ScratchFolder folder, List<Document> documents) {
      return new Chronicle(
          folder.resolve("chronicle"),
          documents.stream().mapToInt(document -> document.keys().size()).sum(),
          documents.getFirst().keys().getFirst().length(),
          documents.getFirst().chunk().bytes());
    }
  },
  /** A server beside us. */
  REDIS("Redis 7 (Lettuce, loopback)") {
    @Override
    public Peer open(ScratchFolder folder, List<Document> documents) {
      return new Redis(new RedisServer(folder.folder("redis")));
    }
  };

  private final String label;

  Peers(String label) {
    this.label = label;
  }

  private static long bytes(List<Document> documents) {
    return documents.stream().mapToLong(Document::bytes).sum();
  }

  /** What it is called in tables, also where it cannot be opened. */
  public String label() {
    return label;
  }

  /**
   * Opens it, empty.
   *
   * @throws PeerException where it cannot be had, or cannot do this
   */
  public abstract Peer open(ScratchFolder folder, List<Document> documents);
}
