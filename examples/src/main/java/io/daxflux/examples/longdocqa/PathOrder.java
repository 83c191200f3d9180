package io.daxflux.examples.longdocqa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** In which order a document takes its paths. Figures that depend on it are not worth much. */
public enum PathOrder {
  /** As they were named. */
  LISTED,
  /** The other way round. */
  REVERSED,
  /** Shuffled anew for every visit. */
  RANDOM;

  /** The order of one turn. */
  public <T> List<T> arrange(List<T> paths, RandomGenerator random) {
    List<T> arranged = new ArrayList<>(paths);
    switch (this) {
      case LISTED -> {}
      case REVERSED -> Collections.reverse(arranged);
      case RANDOM -> Collections.shuffle(arranged, random);
    }
    return arranged;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
