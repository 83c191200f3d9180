package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The puts that are under way, at most one for each key, and the turns of those that wait. */
final class Writing {
  private final Map<ChunkKey, Reservation> reservations = new HashMap<>();

  /** Reservations that have ended and whose waiters have not been woken yet. */
  private final Queue<Reservation> ended = new ArrayDeque<>();

  private boolean waking;

  void begin(Reservation reservation) {
    reservations.put(reservation.key(), reservation);
  }

  /** The put of this key that is under way; null for none. */
  @Nullable Reservation of(ChunkKey key) {
    return reservations.get(key);
  }

  /** The key is free for others; nobody is woken yet. */
  void end(Reservation reservation) {
    if (!reservation.open) {
      throw new IllegalStateException("settled twice: reservation of " + reservation.entry);
    }
    reservation.open = false;
    reservations.remove(reservation.key());
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
    return reservations.size();
  }
}
