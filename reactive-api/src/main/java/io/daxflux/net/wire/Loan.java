package io.daxflux.net.wire;

/**
 * Something borrowed from the store, of which several users give their part back: the last one
 * gives all of it back. On one event loop.
 */
final class Loan {
  private final Runnable giveBack;
  private int users = 1;

  /** In use by its maker. */
  Loan(Runnable giveBack) {
    this.giveBack = giveBack;
  }

  void use() {
    users++;
  }

  void leave() {
    users--;
    if (users == 0) {
      giveBack.run();
    }
  }
}
