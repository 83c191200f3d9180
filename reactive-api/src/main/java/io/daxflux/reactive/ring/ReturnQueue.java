package io.daxflux.reactive.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many threads give back, one takes: a linked stack that the consumer takes as a whole and turns
 * round, so that what one thread gave back earlier is handled earlier.
 *
 * <p>Lock-free, unbounded, and without allocation: the links are the objects' own. The push is a
 * compare-and-set of the head with release and acquire effects, so that all that a thread did
 * before giving an object back is seen by the thread that handles it.
 */
final class ReturnQueue {
  private static final Logger LOG = LoggerFactory.getLogger(ReturnQueue.class);
  private static final VarHandle HEAD;

  static {
    try {
      HEAD = MethodHandles.lookup().findVarHandle(ReturnQueue.class, "head", Returnable.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** The last one that was given back, linked to those before it; null where there are none. */
  private volatile @Nullable Returnable head;

  /** Adds one. Any thread. */
  void push(Returnable returned) {
    Returnable seen;
    do {
      seen = head;
      returned.next = seen;
    } while (!HEAD.compareAndSet(this, seen, returned));
  }

  /** Whether there is nothing to take. */
  boolean isEmpty() {
    return head == null;
  }

  /** One that fails must not take those behind it along. */
  private static void take(Returnable returned) {
    try {
      returned.onReturn();
    } catch (RuntimeException | Error failure) {
      OffThread.log(() -> LOG.error("could not take back {}", returned, failure));
    }
  }

  /** Handles all that was there when it began, oldest first. The consumer only. */
  void drain() {
    if (head == null) {
      return;
    }
    Returnable newest = (Returnable) HEAD.getAndSet(this, null);
    Returnable oldest = null;
    while (newest != null) {
      Returnable before = newest.next;
      newest.next = oldest;
      oldest = newest;
      newest = before;
    }
    while (oldest != null) {
      Returnable following = oldest.next;
      // Unlinked before it is handled: from its handling on it may be given back again.
      oldest.next = null;
      take(oldest);
      oldest = following;
    }
  }
}
