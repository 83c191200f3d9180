package io.daxflux.reactive.ring;

import org.jspecify.annotations.Nullable;

/**
 * Something that comes back to the store's thread: a handle, a finished copy, a signal of a
 * subscriber. It carries its own link, so that giving it back takes no memory and cannot be
 * refused.
 *
 * <p>An object stands in the queue at most once at a time; who gives it back twice must see to
 * that.
 */
public abstract class Returnable {
  /** Written before the push that publishes it, and read by the only consumer after its pop. */
  @Nullable Returnable next;

  /** Takes it back, on the store's thread. Must neither block nor throw. */
  protected abstract void onReturn();
}
