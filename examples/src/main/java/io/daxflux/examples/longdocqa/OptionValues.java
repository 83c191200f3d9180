package io.daxflux.examples.longdocqa;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command's options by their names, as JSON has them. */
public final class OptionValues {
  private OptionValues() {}

  /** What each of them is. */
  public static Map<String, Object> of(CommandSpec spec) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      if (!option.usageHelp() && !option.hidden()) {
        values.put(option.longestName().substring(2), plain(option.getValue()));
      }
    }
    return values;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean truth -> truth;
      case Duration time -> time.toMillis() / 1e3;
      case Collection<?> several -> several.stream().map(String::valueOf).toList();
      default -> value.toString();
    };
  }
}
