package io.daxflux.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a value that was found is named in an error: short, and on one line. */
final class Found {
  private static final int LONGEST = 80;

  private Found() {}

  static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case CharSequence text -> "'" + shorten(text.toString()) + "'";
      case Map<?, ?> map -> "a map";
      case Collection<?> list -> "a list";
      case Number _, Boolean _, Duration _, Enum<?> _ -> shorten(value.toString());
      default ->
          value.getClass().isArray()
              ? "a list"
              : "a value of type " + value.getClass().getSimpleName();
    };
  }

  /** The text with every line break and other control character spelled out. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
