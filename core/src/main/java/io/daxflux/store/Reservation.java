package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A put that is under way: the extent is taken, its bytes are being written, and nobody can read
 * them yet. Ends exactly once, in {@link ChunkStore#commit} or {@link ChunkStore#abort}.
 *
 * <p>A key has at most one reservation. Later puts of the key wait for its end by {@link
 * #onSettled}; so a put that follows a cancelled one is never lost.
 */
public final class Reservation {
  final Entry entry;
  final Queue<Runnable> waiting = new ArrayDeque<>(0);
  private final long arenaOffset;
  boolean withdrawn;
  boolean open = true;

  Reservation(Entry entry, long arenaOffset) {
    this.entry = entry;
    this.arenaOffset = arenaOffset;
  }

  /** The chunk's name. */
  public ChunkKey key() {
    return entry.key;
  }

  /** Where its bytes go in the arena. */
  public long arenaOffset() {
    return arenaOffset;
  }

  /** How many bytes it has. */
  public long bytes() {
    return entry.bytes;
  }

  /** Whether the key was removed meanwhile: the put will not become visible. */
  public boolean isWithdrawn() {
    return withdrawn;
  }

  /** Runs on the store's thread, in the order of registration, once this reservation has ended. */
  public void onSettled(Runnable action) {
    waiting.add(action);
  }
}
