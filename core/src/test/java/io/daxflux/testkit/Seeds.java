package io.daxflux.testkit;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * The seeds of random tests: the same few in every build, or the one that {@value #PROPERTY} names,
 * to see a failure again.
 */
public final class Seeds {
  /** The system property that picks one seed. */
  public static final String PROPERTY = "daxflux.seed";

  /** The system property that multiplies how many there are. */
  public static final String DOSE = "daxflux.dose";

  private Seeds() {}

  /**
   * Runs a test with this many seeds, or a multiple of that; a failure names its seed and how to
   * repeat it.
   */
  public static void forEach(int count, SeededTest test) {
    Long chosen = number(PROPERTY);
    Long dose = number(DOSE);
    LongStream seeds =
        chosen == null
            ? LongStream.rangeClosed(1, count * (dose == null ? 1 : dose))
            : LongStream.of(chosen);
    seeds.forEach(seed -> run(seed, test));
  }

  /** Whoever names a seed wants that one, and no others where it is misspelt. */
  private static Long number(String property) {
    String text = System.getProperty(property, "");
    try {
      return text.isEmpty() ? null : Long.valueOf(text);
    } catch (NumberFormatException other) {
      throw new IllegalArgumentException(
          "-D" + property + ": expected a whole number, found '" + text + "'");
    }
  }

  private static void run(long seed, SeededTest test) {
    try {
      test.run(new Random(seed));
    } catch (Exception | AssertionError failure) {
      throw new AssertionError(
          "failed with seed " + seed + "; repeat with -D" + PROPERTY + "=" + seed, failure);
    }
  }

  /** A test that takes all its chances from one source. */
  @FunctionalInterface
  public interface SeededTest {
    void run(Random random) throws Exception;
  }
}
