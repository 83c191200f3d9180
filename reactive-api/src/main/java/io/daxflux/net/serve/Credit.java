package io.daxflux.net.serve;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a connection may keep that were received and not yet copied, as long as all of
 * them together may, too. Taken on the event loop, given back by any thread. It is exceeded by what
 * one read brings.
 */
final class Credit {
  /** What a part costs beyond its bytes, so that many tiny ones are not for nothing. */
  private static final int PART_BYTES = 1 << 10;

  private final long mostBytes;
  private final CommonCredit common;
  private final Runnable whenBack;
  private final AtomicLong outBytes = new AtomicLong();
  private volatile boolean awaited;

  /** Runs {@code whenBack} on any thread, after it was exhausted. */
  Credit(long mostBytes, CommonCredit common, Runnable whenBack) {
    this.mostBytes = mostBytes;
    this.common = common;
    this.whenBack = whenBack;
  }

  void take(int bytes) {
    outBytes.addAndGet(bytes + PART_BYTES);
    common.take(bytes + PART_BYTES);
  }

  void giveBack(int bytes) {
    long left = outBytes.addAndGet(-bytes - PART_BYTES);
    if (awaited && left <= mostBytes / 2) {
      awaited = false;
      wake();
    }
    common.giveBack(bytes + PART_BYTES);
  }

  /** Whether it is used up. If so, {@code whenBack} will run. */
  boolean isExhausted() {
    return isUsedUp() || common.isExhaustedFor(this);
  }

  private boolean isUsedUp() {
    if (outBytes.get() < mostBytes) {
      return false;
    }
    awaited = true;
    // Whoever gave back before it was awaited has told nobody.
    if (outBytes.get() <= mostBytes / 2) {
      awaited = false;
      return false;
    }
    return true;
  }

  /** There may be room again. Any thread. */
  void wake() {
    whenBack.run();
  }

  /** Its connection is gone: nobody waits for it. */
  void close() {
    common.forget(this);
  }
}
