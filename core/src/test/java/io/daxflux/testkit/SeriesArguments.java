package io.daxflux.testkit;

import java.util.Random;

/**
 * What a long series of tests is told on its command line: how many, and perhaps a seed.
 *
 * @param count at least 1
 * @param seed the one that was named, or any
 */
public record SeriesArguments(int count, long seed) {
  /** What the shell takes for bad usage. */
  private static final int BAD_INPUT = 2;

  /**
   * Reads them.
   *
   * @param what the name of the property that the count comes from
   * @throws IllegalArgumentException one line, where they are not numbers
   */
  public static SeriesArguments of(String what, String... arguments) {
    long count = number(what, arguments.length > 0 ? arguments[0] : "");
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw bad(what, "a whole number from 1 to " + Integer.MAX_VALUE, arguments[0]);
    }
    if (arguments.length > 2) {
      throw bad("seed", "one whole number", "several");
    }
    boolean named = arguments.length > 1 && !arguments[1].isBlank();
    return new SeriesArguments(
        (int) count, named ? number("seed", arguments[1]) : new Random().nextInt());
  }

  /** Reads them, and ends the process with one line where they are not numbers. */
  public static SeriesArguments orExit(String what, String... arguments) {
    try {
      return of(what, arguments);
    } catch (IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      System.exit(BAD_INPUT);
      throw bad;
    }
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException other) {
      throw bad(name, "a whole number", text);
    }
  }

  private static IllegalArgumentException bad(String name, String expected, String found) {
    return new IllegalArgumentException(
        "-D" + name + ": expected " + expected + ", found '" + found + "'");
  }
}
