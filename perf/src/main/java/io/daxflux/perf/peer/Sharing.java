package io.daxflux.perf.peer;

import io.daxflux.perf.race.Crew;
import java.util.concurrent.atomic.AtomicInteger;

/** How the chunks of a document are shared among threads. */
enum Sharing {
  /** Each thread takes the next until none is left. */
  ONE_BY_ONE("one by one") {
    @Override
    void run(Crew crew, int parts, int chunks, Share share) {
      AtomicInteger next = new AtomicInteger();
      crew.run(
          _ -> {
            for (int i = next.getAndIncrement(); i < chunks; i = next.getAndIncrement()) {
              share.take(i, i + 1);
            }
          });
    }
  },
  /** Each thread takes as many at once. */
  IN_BATCHES("in batches") {
    @Override
    void run(Crew crew, int parts, int chunks, Share share) {
      crew.run(
          member -> {
            int from = Math.min(member, parts) * chunks / parts;
            int to = Math.min(member + 1, parts) * chunks / parts;
            if (from < to) {
              share.take(from, to);
            }
          });
    }
  };

  private final String words;

  Sharing(String words) {
    this.words = words;
  }

  /** Some of the chunks. */
  @FunctionalInterface
  interface Share {
    /** Those from the first number on, up to the second. */
    void take(int from, int to);
  }

  static Sharing of(boolean batches) {
    return batches ? IN_BATCHES : ONE_BY_ONE;
  }

  /**
   * Has all chunks taken.
   *
   * @param parts how many batches there are at most, no more than threads
   */
  abstract void run(Crew crew, int parts, int chunks, Share share);

  @Override
  public String toString() {
    return words;
  }
}
