package io.daxflux.reactive.ring;

/**
 * How anything reaches the store's thread. The ring is the real one; tests drive the same sessions
 * by hand, on one thread.
 */
public interface Mailbox {
  /** What became of a request. */
  enum Intake {
    /** It will begin on the store's thread. */
    ACCEPTED,
    /** There is no room for it now. */
    FULL,
    /** Intake has ended. */
    CLOSED
  }

  /** Brings a request, or says why not. Never blocks; any thread. */
  Intake tryPublish(Request request);

  /** Gives something back. Never blocks and is never refused; any thread. */
  void giveBack(Returnable returned);

  /**
   * Takes no more requests in. Those already taken in still begin, where a store that is closing
   * refuses them. Never blocks.
   */
  void closeIntake();
}
