package io.daxflux.perf.race;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A contender's turn. */
public interface Visit extends AutoCloseable {
  /**
   * Serves a request: the part that is timed. Callers call it at the same time, for requests of
   * their own.
   *
   * @param ask which request, from 0
   * @return when the first chunk was there, by {@link System#nanoTime}
   */
  long serve(int ask);

  /** What was served, to be checked; until the visit is closed. */
  List<MemorySegment> chunks(int ask);

  /** Gives back what was served, if that is anything. */
  @Override
  default void close() {}
}
