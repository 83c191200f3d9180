package io.daxflux.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the references to something that must be given back once.
 *
 * <p>Starts at one, the creator's. Any thread that holds a reference may {@link #retain} another;
 * whoever {@link #release}s the last one is told so, and only then may what is counted be given
 * back: each release happens before the last one returns. Releasing once too often, and retaining
 * what has gone, are bugs and throw.
 */
public final class RefCount {
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(RefCount.class, "count", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** Above zero while alive; zero for ever once the last reference is gone. */
  private volatile int count = 1;

  /**
   * Takes one more reference.
   *
   * @throws IllegalStateException where none is left to take it from
   */
  public void retain() {
    int seen;
    do {
      seen = count;
      if (seen <= 0) {
        throw new IllegalStateException("retained after its last release");
      }
    } while (!COUNT.compareAndSet(this, seen, seen + 1));
  }

  /**
   * Gives one reference back.
   *
   * @return whether it was the last
   * @throws IllegalStateException where none was out
   */
  public boolean release() {
    int seen;
    do {
      seen = count;
      if (seen <= 0) {
        throw new IllegalStateException("released more often than retained");
      }
    } while (!COUNT.compareAndSet(this, seen, seen - 1));
    return seen == 1;
  }

  /** How many references are out, as of now. */
  public int count() {
    return count;
  }
}
