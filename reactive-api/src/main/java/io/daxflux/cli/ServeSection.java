package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import io.daxflux.reactive.DaxfluxYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * What a configuration file says of {@code serve}: under this name, every option of it by its own,
 * without the dashes. They are the defaults of the options that are not given.
 */
final class ServeSection implements IDefaultValueProvider {
  /** Where it stands in the file. */
  static final String NAME = "serve";

  private final Path file;
  private final Map<?, ?> values;

  private ServeSection(Path file, Map<?, ?> values) {
    this.file = file;
    this.values = values;
  }

  /** Finds the file among arguments that are parsed later, for defaults have to be there before. */
  private static final class FileFirst {
    @Option(names = "--config", paramLabel = "FILE")
    @Nullable Path file;
  }

  /**
   * Gives a command its defaults from the file that these arguments name, if they do. Throws {@link
   * ConfigException}.
   */
  static void applyTo(CommandLine serve, String[] args) {
    FileFirst first = new FileFirst();
    new CommandLine(first)
        .registerConverter(Path.class, new FileName())
        .setOverwrittenOptionsAllowed(true)
        .setUnmatchedArgumentsAllowed(true)
        .parseArgs(args);
    if (first.file == null) {
      return;
    }
    Object section = DaxfluxYaml.read(first.file).get(NAME);
    switch (section) {
      case null -> {}
      case Map<?, ?> values -> {
        ServeSection found = new ServeSection(first.file, values);
        found.check(serve.getCommandSpec());
        serve.setDefaultValueProvider(found);
      }
      default -> throw new ConfigException(first.file + ", " + NAME, "a map", "something else");
    }
  }

  private void check(CommandSpec serve) {
    for (Object key : values.keySet()) {
      if (serve.mixins().get(ListenOptions.MIXIN).findOption("--" + key) == null) {
        throw new ConfigException(
            file + ", " + NAME + "." + key,
            "a setting of serve, by the name of its option",
            "an unknown one");
      }
      Object value = values.get(key);
      if (value instanceof Map || value instanceof List) {
        throw new ConfigException(file + ", " + NAME + "." + key, "a single value", "several");
      }
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    Object value = values.get(option.longestName().substring(2));
    return value == null ? null : value.toString();
  }
}
