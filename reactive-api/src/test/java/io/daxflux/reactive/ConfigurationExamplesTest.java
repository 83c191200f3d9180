package io.daxflux.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.daxflux.config.ConfigException;
import io.daxflux.config.DaxfluxConfig;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of {@code docs/configuration.md}, read as their reader would. */
class ConfigurationExamplesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("../docs/configuration.md");
  private static final Pattern YAML_BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern ERROR_ROW = Pattern.compile("(?m)^\\| `(dax[^`]*)` \\| `(.*)` \\|$");

  /** The lines that an example of an error is added to, or takes the place of one of. */
  private static final List<String> FILE =
      List.of(
          "extra_config:",
          "  dax.device_path: /dev/dax0.0",
          "  dax.max_dax_size: 1",
          "  dax.restore_workers: 2");

  @ParameterizedTest
  @MethodSource("yamlBlocks")
  void everyExampleIsAConfiguration(String yaml) {
    DaxfluxConfig config = DaxfluxYaml.load(new StringReader(yaml));

    assertThat(config.deviceBytes()).isEqualTo(64L << 30);
  }

  static Stream<String> yamlBlocks() {
    return YAML_BLOCK.matcher(page()).results().map(block -> block.group(1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void everyErrorIsAsTheTableSays(String line, String message) {
    String key = line.substring(0, line.indexOf(':') + 1);
    String file =
        Stream.concat(
                FILE.stream().filter(other -> !other.strip().startsWith(key)),
                Stream.of("  " + line))
            .collect(Collectors.joining("\n"));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> DaxfluxYaml.load(new StringReader(file)))
        .withMessage(message);
  }

  static Stream<Object[]> errors() {
    return ERROR_ROW
        .matcher(page())
        .results()
        .map(row -> new Object[] {row.group(1), row.group(2)});
  }

  @Test
  void thePageHasExamplesOfBothKinds() {
    assertThat(yamlBlocks()).hasSize(3);
    assertThat(errors()).hasSize(10);
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
