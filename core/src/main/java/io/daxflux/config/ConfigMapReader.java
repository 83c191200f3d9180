package io.daxflux.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration of LMCache's shape: keys at the top, more of them under {@code
 * extra_config}.
 *
 * <p>Sorts the keys first, into ours and those that mean nothing here, and then reads ours in the
 * table's order, so that which fault is reported does not depend on the order in the file.
 */
final class ConfigMapReader {
  private static final String OURS = "dax.";
  private static final Map<String, ConfigKey<?>> TOP_KEYS = keys(false);
  private static final Map<String, ConfigKey<?>> EXTRA_KEYS = keys(true);

  private final Map<ConfigKey<?>, @Nullable Object> values = new HashMap<>();
  private final List<String> ignored = new ArrayList<>();

  /** The configuration that the map holds. */
  static DaxfluxConfig read(Map<?, ?> map) {
    ConfigMapReader reader = new ConfigMapReader();
    map.forEach(reader::sortTop);
    return reader.build();
  }

  private static Map<String, ConfigKey<?>> keys(boolean extra) {
    return ConfigKeys.ALL.stream()
        .filter(key -> key.extra() == extra)
        .collect(Collectors.toUnmodifiableMap(ConfigKey::name, key -> key));
  }

  private void sortTop(@Nullable Object key, @Nullable Object value) {
    String name = text("configuration", key);
    if (name.equals(ConfigKey.EXTRA_CONFIG)) {
      switch (value) {
        case null -> {}
        case Map<?, ?> extra -> extra.forEach(this::sortExtra);
        default -> throw new ConfigException(name, "a map", Found.describe(value));
      }
    } else if (name.startsWith(OURS)) {
      throw new ConfigException(name, "under " + ConfigKey.EXTRA_CONFIG, "at the top level");
    } else if (TOP_KEYS.containsKey(name)) {
      values.put(TOP_KEYS.get(name), value);
    } else {
      ignored.add(name);
    }
  }

  private void sortExtra(@Nullable Object key, @Nullable Object value) {
    String name = text(ConfigKey.EXTRA_CONFIG, key);
    if (EXTRA_KEYS.containsKey(name)) {
      values.put(EXTRA_KEYS.get(name), value);
    } else if (name.startsWith(OURS)) {
      throw new ConfigException(
          ConfigKey.label(name),
          "a known key such as " + Nearest.to(name, EXTRA_KEYS.keySet()),
          "an unknown one");
    } else {
      ignored.add(ConfigKey.label(name));
    }
  }

  private static String text(String place, @Nullable Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new ConfigException(place, "keys that are text", Found.describe(key));
  }

  private DaxfluxConfig build() {
    ConfigBuilder builder = new ConfigBuilder().ignoredKeys(ignored);
    ConfigKeys.ALL.forEach(key -> readInto(builder, key));
    try {
      return builder.build();
    } catch (ConfigException fault) {
      throw inTermsOfTheFile(fault);
    }
  }

  private <T> void readInto(ConfigBuilder builder, ConfigKey<T> key) {
    Object value = values.get(key);
    if (value != null) {
      builder.set(key, key.kind().read(key.label(), value));
    } else if (values.containsKey(key) && key.presence() != ConfigKey.Presence.OPTIONAL) {
      throw new ConfigException(key.label(), key.kind().expected(), "null");
    } else if (key.presence() == ConfigKey.Presence.REQUIRED) {
      throw new ConfigException(key.label(), key.kind().expected(), "nothing");
    }
  }

  /** What the options must be together is checked where they are components with other names. */
  private static ConfigException inTermsOfTheFile(ConfigException fault) {
    return ConfigKeys.ALL.stream()
        .filter(key -> key.component().equals(fault.key()))
        .findFirst()
        .map(key -> new ConfigException(key.label(), fault.expected(), fault.found()))
        .orElse(fault);
  }
}
