package io.daxflux.reactive.session;

import io.daxflux.reactive.ring.Returnable;
import org.jspecify.annotations.Nullable;

/**
 * Something that a receiver holds and must give back: memory, leases, or pins. From its making
 * until it is back on the store's thread it stands in the loop's list, so that what is out is known
 * by name, and close can tell who is late.
 */
abstract class Handle extends Returnable {
  final StoreLoop loop;

  /** Where it was asked for; recorded only when origins are tracked. */
  final @Nullable Throwable origin;

  Handle(StoreLoop loop) {
    this.loop = loop;
    this.origin = loop.tracksOrigins() ? new Throwable("taken here") : null;
    loop.handedOut(this);
  }

  /** Gives it back; its owner, once, on any thread. */
  final void giveBack() {
    loop.mailbox().giveBack(this);
  }

  @Override
  protected final void onReturn() {
    loop.tookBack(this);
    takeBack();
    loop.checkQuiet();
  }

  /** Gives back what it stands for; on the store's thread. */
  abstract void takeBack();

  /** Makes further use of it fail, at close, when its owner is late. Not on the store's thread. */
  abstract void revoke();
}
