package io.daxflux.reactive.session;

import io.daxflux.reactive.ring.Returnable;
import java.util.Arrays;
import java.util.stream.Collectors;
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
    this.origin = loop.originOfCurrent();
  }

  /** What it is and, where that is known, who asked for it. */
  final String describe() {
    if (origin == null) {
      return toString();
    }
    String trace =
        Arrays.stream(origin.getStackTrace())
            .map(StackTraceElement::toString)
            .collect(Collectors.joining("\n    at "));
    return this + ", asked for\n    at " + trace;
  }

  /** Gives it back; its owner, once, on any thread. */
  final void giveBack() {
    loop.mailbox().giveBack(this);
  }

  @Override
  protected final void onReturn() {
    loop.handles().tookBack(this);
    takeBack();
    loop.checkQuiet();
  }

  /** Gives back what it stands for; on the store's thread. */
  abstract void takeBack();

  /** Makes further use of it fail, at close, when its owner is late. Not on the store's thread. */
  abstract void revoke();
}
