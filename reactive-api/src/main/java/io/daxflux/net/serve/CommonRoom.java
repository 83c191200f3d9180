package io.daxflux.net.serve;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all clients of a server together have it keep until they take them, or send the
 * rest: replies in memory of their own, and requests. Thread-safe.
 *
 * <p>Waiting until there is less, as for {@link CommonCredit}, would hold up those who read for
 * those who do not. So where it is scarce each may have a little, and where it is used up who has
 * more is closed.
 */
final class CommonRoom {
  private final long mostBytes;
  private final AtomicLong keptBytes = new AtomicLong();

  CommonRoom(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Negative where something is given back. */
  void keep(long bytes) {
    keptBytes.addAndGet(bytes);
  }

  long keptBytes() {
    return keptBytes.get();
  }

  boolean isScarce() {
    return keptBytes.get() >= mostBytes / 2;
  }

  boolean isUsedUp() {
    return keptBytes.get() >= mostBytes;
  }
}
