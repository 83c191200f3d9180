package io.daxflux.net.serve;

import java.util.function.Consumer;

/**
 * What a request has brought, before its reply is made: it owns what was lent, and is ended once,
 * by {@link #make} or by {@link #discard}.
 */
@FunctionalInterface
public interface Answer {
  /** The reply, which owns from now on what was lent; where this fails, that is given back. */
  Reply make();

  /** Nobody waits for it: gives back what was lent, at no memory. Any thread. */
  default void discard() {}

  /** None: the request has no reply. */
  static Answer none() {
    return Reply::none;
  }

  /**
   * An answer of lent memory.
   *
   * @param giveBack runs once, on any thread, when nothing of it is needed any more
   * @param content adds to the reply what there is to say
   */
  static Answer lent(Runnable giveBack, Consumer<Reply> content) {
    return new Answer() {
      @Override
      public Reply make() {
        Reply reply = Reply.lent(giveBack);
        boolean made = false;
        try {
          content.accept(reply);
          made = true;
          return reply;
        } finally {
          if (!made) {
            reply.discard();
          }
        }
      }

      @Override
      public void discard() {
        giveBack.run();
      }
    };
  }
}
