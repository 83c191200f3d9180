package io.daxflux.perf.race;

import io.daxflux.perf.ground.Ask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A system, or a floor, that is measured: one way of serving requests. */
public interface Contender extends AutoCloseable {
  /** What it is called in tables. */
  String system();

  /** What it does. */
  Work work();

  /** How many threads copy for one caller. */
  int threads();

  /** How it goes about it, where it has several ways of which one was chosen; else null. */
  default @Nullable String way() {
    return null;
  }

  /** What it is compared with; null for a floor, and for work that copies nothing. */
  default @Nullable Contender floor() {
    return null;
  }

  /** Prepares for these requests, which are then made once each. Takes what time it takes. */
  Visit prepare(List<Ask> asks);

  /** Gives back what it holds. */
  @Override
  default void close() {}
}
