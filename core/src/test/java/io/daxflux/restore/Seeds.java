package io.daxflux.restore;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a random test with fresh seeds; {@code -Ddaxflux.seed=N} repeats one. */
final class Seeds {
  private static final String PROPERTY = "daxflux.seed";

  private Seeds() {}

  static void forEach(int count, Consumer<Random> test) {
    Long only = Long.getLong(PROPERTY);
    for (int i = 0; i < (only == null ? count : 1); i++) {
      long seed = only == null ? new Random().nextLong() : only;
      try {
        test.accept(new Random(seed));
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "failed; repeat with -D%s=%d: %s".formatted(PROPERTY, seed, failure), failure);
      }
    }
  }
}
