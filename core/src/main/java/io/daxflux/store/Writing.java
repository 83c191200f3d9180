package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The puts that are under way. At most one of them has claimed a key, and so decides what becomes
 * of it next; others of that key wait for their turns, or have not come to that yet.
 */
final class Writing {
  private final Map<ChunkKey, Reservation> claims = new HashMap<>();

  /** Of those that have claimed nothing yet, the newest of each key. */
  private final Map<ChunkKey, Reservation> unclaimed = new HashMap<>(0);

  /** Reservations that have ended and whose waiters have not been woken yet. */
  private final Queue<Reservation> ended = new ArrayDeque<>();

  private int size;
  private boolean waking;

  /** A put that claims its key later. */
  void begin(Reservation reservation) {
    size++;
    unclaimed.put(reservation.key(), reservation);
  }

  /** The key is this put's from now on, until it ends; nobody else has claimed it. */
  void claim(Reservation reservation) {
    unclaimed.remove(reservation.key(), reservation);
    claims.put(reservation.key(), reservation);
  }

  /** The put that has claimed this key; null for none. */
  @Nullable Reservation of(ChunkKey key) {
    return claims.get(key);
  }

  /** The newest put of this key that is under way, whether it has claimed it or not. */
  @Nullable Reservation newestOf(ChunkKey key) {
    Reservation reservation = unclaimed.get(key);
    return reservation == null ? claims.get(key) : reservation;
  }

  /** The key is free for others; nobody is woken yet. */
  void end(Reservation reservation) {
    if (!reservation.open) {
      throw new IllegalStateException("settled twice: reservation of " + reservation.entry);
    }
    reservation.open = false;
    size--;
    claims.remove(reservation.key(), reservation);
    unclaimed.remove(reservation.key(), reservation);
  }

  /**
   * Lets those that waited for a reservation that has ended try again, one after the other, until
   * one of them has reserved the key: the rest then wait for that one, in their order.
   */
  void wakeWaiting(Reservation reservation) {
    ended.add(reservation);
    if (waking) {
      // Whoever was woken settled at once: its waiters follow when it has returned.
      return;
    }
    waking = true;
    try {
      Reservation next;
      while ((next = ended.poll()) != null) {
        wakeInTurn(next);
      }
    } finally {
      waking = false;
    }
  }

  private void wakeInTurn(Reservation reservation) {
    Runnable first;
    while ((first = reservation.waiting.poll()) != null) {
      first.run();
      Reservation current = of(reservation.key());
      if (current != null) {
        reservation.passWaitingOn(current);
        return;
      }
    }
  }

  int size() {
    return size;
  }
}
