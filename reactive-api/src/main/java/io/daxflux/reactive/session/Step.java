package io.daxflux.reactive.session;

import io.daxflux.reactive.ring.Returnable;

/** A step that comes back through the return queue, and so can never be refused. */
final class Step extends Returnable {
  private final Runnable action;

  Step(Runnable action) {
    this.action = action;
  }

  @Override
  protected void onReturn() {
    action.run();
  }
}
