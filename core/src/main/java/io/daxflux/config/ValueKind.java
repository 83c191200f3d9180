package io.daxflux.config;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One kind of value: how it is read from a file, which values are allowed, and how both are said.
 *
 * @param expected what a file may hold, to follow "expected"
 * @param expectedTyped the same for a builder, in the component's own type and unit
 * @param parser from what a YAML parser yields to the component's type
 * @param allowed which values of that type may stand
 */
record ValueKind<T>(String expected, String expectedTyped, Parser<T> parser, Predicate<T> allowed) {

  /** Turns text, a number, a boolean, a list or a map, never null, into a value. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(Object raw) throws Unreadable;
  }

  /** A kind whose file values and builder values are described alike. */
  ValueKind(String expected, Parser<T> parser, Predicate<T> allowed) {
    this(expected, expected, parser, allowed);
  }

  /** The value that a file holds under this name. */
  T read(String name, @Nullable Object raw) {
    String reason = "";
    if (raw != null) {
      try {
        T value = parser.parse(raw);
        if (allowed.test(value)) {
          return value;
        }
      } catch (Unreadable fault) {
        reason = fault.getMessage().isEmpty() ? "" : " (" + fault.getMessage() + ")";
      }
    }
    throw new ConfigException(name, expected, Found.describe(raw) + reason);
  }

  /** Fails unless the value is allowed. */
  void check(String name, @Nullable T value) {
    if (value == null || !allowed.test(value)) {
      throw new ConfigException(name, expectedTyped, Found.describe(value));
    }
  }
}
