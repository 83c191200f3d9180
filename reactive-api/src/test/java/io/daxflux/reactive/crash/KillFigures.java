package io.daxflux.reactive.crash;

import java.util.ArrayList;
import java.util.List;

/** What a series of kills came to. */
final class KillFigures {
  final List<String> lost = new ArrayList<>();
  final List<String> wrong = new ArrayList<>();
  long kills;
  long commits;
  long removals;
  long evictions;
  long recovered;

  /** Missing, while a put was under way that may have evicted them just before the kill. */
  long evictedUnseen;

  boolean isSound() {
    return lost.isEmpty() && wrong.isEmpty();
  }

  /** One line. */
  @Override
  public String toString() {
    return ("kills %,d, commits acknowledged %,d, lost %,d, wrong %,d, recovered %,d"
            + " (removals %,d, evictions %,d and %,d unseen)")
        .formatted(
            kills,
            commits,
            lost.size(),
            wrong.size(),
            recovered,
            removals,
            evictions,
            evictedUnseen);
  }
}
