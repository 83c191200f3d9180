package io.daxflux.config;

import java.util.function.Function;

/**
 * One option; {@link ConfigKeys} lists them all.
 *
 * @param name what a file calls it
 * @param extra whether it stands under {@code extra_config}
 * @param component what the record and the builder call it
 * @param kind which values it takes
 * @param presence whether a file may leave it out
 * @param defaultText how the documentation gives the default
 * @param fallback the value of an option that was not set, given the others
 */
record ConfigKey<T>(
    String name,
    boolean extra,
    String component,
    ValueKind<T> kind,
    Presence presence,
    String defaultText,
    Function<ConfigBuilder, T> fallback) {
  static final String EXTRA_CONFIG = "extra_config";

  /** How a file may leave an option out. */
  enum Presence {
    /** No key, or a key without a value: the default. */
    OPTIONAL,
    /** No key: the default. A key without a value is an error. */
    NOT_NULL,
    /** The key and its value are needed. */
    REQUIRED
  }

  static <T> ConfigKey<T> top(String name, String component, ValueKind<T> kind) {
    return needed(name, false, component, kind);
  }

  static <T> ConfigKey<T> extra(String name, String component, ValueKind<T> kind) {
    return needed(name, true, component, kind);
  }

  private static <T> ConfigKey<T> needed(
      String name, boolean extra, String component, ValueKind<T> kind) {
    return new ConfigKey<>(
        name,
        extra,
        component,
        kind,
        Presence.REQUIRED,
        "required",
        config -> {
          throw new ConfigException(component, kind.expectedTyped(), "nothing");
        });
  }

  /** The same option with a default of its own. */
  ConfigKey<T> otherwise(String text, T value) {
    return derived(Presence.OPTIONAL, text, config -> value);
  }

  /** The same option with a default that follows from the others. */
  ConfigKey<T> derived(Presence presence, String text, Function<ConfigBuilder, T> fallback) {
    return new ConfigKey<>(name, extra, component, kind, presence, text, fallback);
  }

  /** How errors name it to the author of a file. */
  String label() {
    return extra ? label(name) : name;
  }

  /** How errors name a key under {@code extra_config}. */
  static String label(String extraName) {
    return EXTRA_CONFIG + "['" + extraName + "']";
  }

  /** Fails unless the record may hold the value. */
  void check(T value) {
    kind.check(component, value);
  }

  @Override
  public String toString() {
    return label();
  }
}
