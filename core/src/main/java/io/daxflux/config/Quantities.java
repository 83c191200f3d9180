package io.daxflux.config;

import java.time.Duration;

/** Sizes and durations, written as in a configuration file, for programs with options beside it. */
public final class Quantities {
  private static final ValueKind<Long> BYTES = Sizes.bytes();
  private static final ValueKind<Duration> DURATION = Durations.notNegative();

  private Quantities() {}

  /**
   * A number of bytes greater than 0, such as {@code 4096} or {@code 64MiB}.
   *
   * @param name what a fault calls it
   * @throws ConfigException where the text is nothing of the kind
   */
  public static long bytes(String name, String text) {
    return BYTES.read(name, text);
  }

  /**
   * A duration of at least 0, such as {@code 500ms}, {@code 30s} or {@code 5min}.
   *
   * @param name what a fault calls it
   * @throws ConfigException where the text is nothing of the kind
   */
  public static Duration duration(String name, String text) {
    return DURATION.read(name, text);
  }
}
