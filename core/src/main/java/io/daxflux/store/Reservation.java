package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A put that is under way: the extent is taken, its bytes are being written, and nobody can read
 * them yet. Ends exactly once, in {@link ChunkStore#commit} or {@link ChunkStore#abort}.
 *
 * <p>At most one reservation has claimed its key. Others that want it wait for the end of that one
 * by {@link #onSettled}; so a put that follows a cancelled one is never lost.
 */
public final class Reservation {
  final Entry entry;

  /** Which of the store's puts it is; 0 until it has claimed its key. */
  long sequence;

  Queue<Runnable> waiting = new ArrayDeque<>(0);
  private final ChunkKey key;
  private final Place payload;
  private final @Nullable Place record;
  private final long usableAfter;

  /** The key was removed meanwhile: the put will not become visible. */
  boolean withdrawn;

  /** The number of its record's invalidation; 0 before that. */
  long invalidation;

  boolean open = true;

  Reservation(Entry entry, ChunkKey key, Place payload, @Nullable Place record, long usableAfter) {
    this.entry = entry;
    this.key = key;
    this.payload = payload;
    this.record = record;
    this.usableAfter = usableAfter;
  }

  /** The chunk's name. */
  public ChunkKey key() {
    return key;
  }

  /** Where its bytes go in the arena. */
  public long arenaOffset() {
    return payload.offset();
  }

  /** Where its bytes go in the arena, and how many they are. */
  public Place payload() {
    return payload;
  }

  /** Where its record goes; null where no records are kept. */
  public @Nullable Place record() {
    return record;
  }

  /** How many bytes it has. */
  public long bytes() {
    return entry.bytes();
  }

  /** Lets the chunk expire at this time, whatever its head said; before it is written down. */
  public void expireAt(long expiresAtMs) {
    entry.expiresAtMs = expiresAtMs;
  }

  /**
   * The event of the {@link Journal} that must be over before the first byte is written to either
   * place: it invalidates the record of what lay there before. 0 for none.
   */
  public long usableAfter() {
    return usableAfter;
  }

  /**
   * Runs on the store's thread once this reservation, and every one that got its turn before, has
   * ended. Turns are in the order of registration.
   */
  public void onSettled(Runnable action) {
    waiting.add(action);
  }

  /** Lets those that still wait here wait for another reservation, before those that wait there. */
  void passWaitingOn(Reservation successor) {
    waiting.addAll(successor.waiting);
    successor.waiting = waiting;
    waiting = new ArrayDeque<>(0);
  }
}
