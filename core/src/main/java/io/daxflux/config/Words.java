package io.daxflux.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Kinds of words: switches, choices, the device's path, the places to retrieve from. */
final class Words {
  /** What LMCache's DAX backend is called in {@code retrieve_locations}. */
  private static final String LOCATION = "dax";

  /** YAML 1.1, which LMCache's files are written in, also reads yes and on as true. */
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "1");

  private static final Set<String> FALSE = Set.of("false", "no", "off", "0");

  private Words() {}

  static ValueKind<Boolean> toggle() {
    return new ValueKind<>(
        "true or false",
        raw -> {
          String word = word(raw);
          if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw new Unreadable();
          }
          return TRUE.contains(word);
        },
        flag -> true);
  }

  /** A switch as LMCache reads it: a word it does not know means false. */
  static ValueKind<Boolean> lenientToggle() {
    return new ValueKind<>("true or false", raw -> TRUE.contains(word(raw)), flag -> true);
  }

  /** One of an enum's constants; letter case, hyphens and underscores do not matter. */
  static <E extends Enum<E>> ValueKind<E> choice(Class<E> type, Function<E, String> spelling) {
    List<E> choices = List.of(type.getEnumConstants());
    return new ValueKind<>(
        "one of " + choices.stream().map(spelling).collect(Collectors.joining(", ")),
        raw -> {
          String wanted = bare(word(raw));
          return choices.stream()
              .filter(choice -> bare(choice.name()).equals(wanted))
              .findFirst()
              .orElseThrow(Unreadable::new);
        },
        choice -> true);
  }

  static ValueKind<String> devicePath() {
    return new ValueKind<>(
        "a path or " + DaxfluxConfig.MEMORY,
        raw -> {
          if (raw instanceof CharSequence text) {
            return text.toString().strip();
          }
          throw new Unreadable();
        },
        Words::isPath);
  }

  /** Whether the list names us. A single name, or several with commas between, will do. */
  static ValueKind<Boolean> locations() {
    return new ValueKind<>(
        "a list of names",
        raw -> {
          Collection<?> names =
              switch (raw) {
                case CharSequence text -> Arrays.asList(text.toString().split(",", -1));
                case Collection<?> list -> list;
                default -> throw new Unreadable();
              };
          boolean named = false;
          for (Object name : names) {
            if (!(name instanceof CharSequence text)) {
              throw new Unreadable("of which one is not text");
            }
            named |= text.toString().strip().equals(LOCATION);
          }
          return named;
        },
        flag -> true);
  }

  private static boolean isPath(String text) {
    try {
      var _ = Path.of(text);
      return !text.isBlank();
    } catch (InvalidPathException fault) {
      return false;
    }
  }

  private static String word(Object raw) throws Unreadable {
    return switch (raw) {
      case CharSequence text -> text.toString().strip().toLowerCase(Locale.ROOT);
      case Boolean flag -> flag.toString();
      case Number number -> number.toString();
      default -> throw new Unreadable();
    };
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
