package io.daxflux.net.serve;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all connections of a server may keep together that were received and not yet
 * copied. Exceeded by what one read of each connection brings. Thread-safe.
 */
final class CommonCredit {
  private final long mostBytes;
  private final AtomicLong outBytes = new AtomicLong();

  /** Those that are not read from until enough is back. */
  private final Set<Credit> waiting = ConcurrentHashMap.newKeySet();

  CommonCredit(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  void take(long bytes) {
    outBytes.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    if (outBytes.addAndGet(-bytes) <= mostBytes / 2 && !waiting.isEmpty()) {
      wakeAll();
    }
  }

  /** Whether it is used up. If so, whoever asks is woken when half of it is back. */
  boolean isExhaustedFor(Credit asker) {
    if (outBytes.get() < mostBytes) {
      return false;
    }
    waiting.add(asker);
    // Whoever gave back before this one waited has not seen it.
    if (outBytes.get() <= mostBytes / 2) {
      wakeAll();
    }
    return true;
  }

  private void wakeAll() {
    for (Iterator<Credit> each = waiting.iterator(); each.hasNext(); ) {
      Credit woken = each.next();
      each.remove();
      woken.wake();
    }
  }

  /** Its connection is gone. */
  void forget(Credit asker) {
    waiting.remove(asker);
  }
}
