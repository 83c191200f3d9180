package io.daxflux.examples.longdocqa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** In which order documents are asked for again, after LMCache's long_doc_qa. */
public enum RepeatMode {
  /** All of them, then all of them again: the longest time between two visits of one. */
  TILE,
  /** Shuffled. */
  RANDOM,
  /** One several times, then the next. */
  INTERLEAVE;

  /** Every item so many times. */
  public <T> List<T> repeat(List<T> items, int count, RandomGenerator random) {
    List<T> repeated = new ArrayList<>(items.size() * count);
    switch (this) {
      case TILE, RANDOM -> {
        for (int i = 0; i < count; i++) {
          repeated.addAll(items);
        }
      }
      case INTERLEAVE -> {
        for (T item : items) {
          repeated.addAll(Collections.nCopies(count, item));
        }
      }
    }
    if (this == RANDOM) {
      Collections.shuffle(repeated, random);
    }
    return repeated;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
