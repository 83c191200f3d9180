package io.daxflux.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps as a YAML parser would make them, complete but for what a test adds or takes away. */
final class ConfigMaps {
  private ConfigMaps() {}

  /** The shortest complete configuration: one GiB at a path. */
  static Map<String, Object> minimal() {
    Map<String, Object> extra = new HashMap<>();
    extra.put("dax.device_path", "/dev/dax0.0");
    extra.put("dax.max_dax_size", 1);
    Map<String, Object> map = new HashMap<>();
    map.put(ConfigKey.EXTRA_CONFIG, extra);
    return map;
  }

  /** The shortest complete configuration, with this key as well or instead. */
  static Map<String, Object> with(ConfigKey<?> key, @Nullable Object value) {
    return key.extra() ? withExtra(key.name(), value) : withTop(key.name(), value);
  }

  static Map<String, Object> withTop(String name, @Nullable Object value) {
    Map<String, Object> map = minimal();
    map.put(name, value);
    return map;
  }

  static Map<String, Object> withExtra(String name, @Nullable Object value) {
    Map<String, Object> map = minimal();
    extra(map).put(name, value);
    return map;
  }

  static Map<String, Object> without(ConfigKey<?> key) {
    Map<String, Object> map = minimal();
    extra(map).remove(key.name());
    return map;
  }

  @SuppressWarnings("unchecked") // minimal() put it there
  private static Map<String, Object> extra(Map<String, Object> map) {
    return (Map<String, Object>) map.get(ConfigKey.EXTRA_CONFIG);
  }
}
