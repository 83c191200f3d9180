package io.daxflux.reactive.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A contract that does not hold, or cannot be looked at, where the store is served elsewhere. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface NotRemote {
  /** The test holds or counts copies of restores. */
  String SENT_WITHOUT_A_COPY = "a server sends from the arena, and its copiers copy no restore";

  /** The test looks at leases or addresses of what it has borrowed. */
  String DELIVERS_BY_ITS_CONNECTION = "a client's signals arrive on its own delivery threads";

  String BORROW_IS_A_COPY = "what is borrowed from a server is a copy in the client's memory";

  /** The test expects that puts wait for each other, are withdrawn, or set no alarm. */
  String PUT_AS_BY_WRITERS =
      "puts arrive at a server in parts, as by a writer: they wait for no other put, a removal does"
          + " not concern them, and somebody looks whether their parts come";

  /** The test expects {@code Accepted}. */
  String TOLD_WHEN_COMMITTED = "a server tells of puts when they are committed, and not before";

  /** The reason. */
  String value();
}
