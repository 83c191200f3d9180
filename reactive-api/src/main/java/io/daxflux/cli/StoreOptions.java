package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.DaxfluxYaml;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which store, and how it is set up: a file in LMCache's names, and options that win over it.
 *
 * <p>Options are put into the file's place of the same setting before anything is looked at, so
 * that both are read and checked in one way. What is wrong is named as whoever wrote it knows it.
 */
final class StoreOptions {
  private static final String EXTRA_CONFIG = "extra_config";
  private static final String OURS = "dax.";
  private static final String DEVICE = "dax.device_path";
  private static final String SIZE = "dax.max_dax_size";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings in YAML, daxflux's or LMCache's own (docs/configuration.md). Options win over"
              + " them.")
  @Nullable Path file;

  @Option(
      names = "--device",
      paramLabel = "PATH",
      description = "A device-dax node, a file, or memory: for anonymous memory (dax.device_path).")
  @Nullable String device;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description =
          "How much of the device is used, such as 64GiB, metadata included (dax.max_dax_size).")
  @Nullable String size;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Any other setting by the name it has in a file, such as dax.restore_workers=4. May be"
              + " repeated.")
  Map<String, String> settings = new LinkedHashMap<>();

  /** The configuration that all of it makes. Throws {@link ConfigException}. */
  DaxfluxConfig config() {
    return config(Map.of());
  }

  /** The same with settings that the command itself decides on. */
  DaxfluxConfig config(Map<String, String> decided) {
    Map<String, String> asked = new LinkedHashMap<>(settings);
    putIfGiven(asked, DEVICE, device);
    putIfGiven(asked, SIZE, size);
    asked.putAll(decided);
    Map<String, @Nullable Object> tree = tree();
    asked.forEach((key, value) -> put(tree, key, value));
    DaxfluxConfig config;
    try {
      config = DaxfluxConfig.fromMap(tree);
    } catch (ConfigException fault) {
      throw new ConfigException(nameOf(fault.key(), asked), fault.expected(), fault.found());
    }
    for (String key : settings.keySet()) {
      if (config.ignoredKeys().contains(label(key))) {
        throw new ConfigException(
            "--set " + key, "a key of docs/configuration.md", "an unknown one");
      }
    }
    return config;
  }

  private Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree =
        new LinkedHashMap<>(file == null ? Map.of() : DaxfluxYaml.read(file));
    tree.remove(ServeSection.NAME);
    return tree;
  }

  private static void putIfGiven(Map<String, String> asked, String key, @Nullable String value) {
    if (value != null) {
      asked.put(key, value);
    }
  }

  private static void put(Map<String, @Nullable Object> tree, String key, String value) {
    if (!key.startsWith(OURS)) {
      tree.put(key, value);
      return;
    }
    Object extra = tree.get(EXTRA_CONFIG);
    if (extra == null || extra instanceof Map) {
      Map<Object, @Nullable Object> changed = new LinkedHashMap<>();
      if (extra instanceof Map<?, ?> map) {
        changed.putAll(map);
      }
      changed.put(key, value);
      tree.put(EXTRA_CONFIG, changed);
    }
  }

  /** As whoever gave the value knows it: an option's name, or the place in the file. */
  private String nameOf(String label, Map<String, String> asked) {
    Map<String, String> names = new HashMap<>();
    asked.keySet().forEach(key -> names.put(label(key), "--set " + key));
    if (file == null || device != null) {
      names.put(label(DEVICE), "--device");
    }
    if (file == null || size != null) {
      names.put(label(SIZE), "--size");
    }
    return names.getOrDefault(label, label);
  }

  /** How a {@link ConfigException} names a key. */
  private static String label(String key) {
    return key.startsWith(OURS) ? EXTRA_CONFIG + "['" + key + "']" : key;
  }
}
