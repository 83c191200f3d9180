package io.daxflux.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} against the table of keys, so that the two cannot drift apart. */
class ConfigurationDocsTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final Path PAGE = MODULE.resolve("../docs/configuration.md");
  private static final Path THIS =
      MODULE.resolve("src/test/java/io/daxflux/config/ConfigurationDocsTest.java");

  @Test
  void theTableIsThatOfTheCode() throws IOException {
    List<String> documented =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| Key "))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(ConfigurationDocsTest::withoutMeaningAndUnit)
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            ConfigKeys.ALL.stream().map(ConfigurationDocsTest::row).toList());
  }

  private static String withoutMeaningAndUnit(String line) {
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    assertThat(cells).as(line).hasSize(8);
    assertThat(cells.get(3)).as("meaning in %s", line).endsWith(".");
    return String.join(" | ", cells.get(1), cells.get(2), cells.get(5), cells.get(6));
  }

  private static String row(ConfigKey<?> key) {
    return "`%s` | `%s` | %s | %s"
        .formatted(key.name(), key.component(), key.defaultText(), key.kind().expected());
  }

  @Test
  void theBuilderExampleCompilesAndBuilds() throws IOException {
    String example =
        String.join(
            "\n",
            Files.readAllLines(THIS).stream()
                .dropWhile(line -> !line.strip().equals("// tag::builder[]"))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// end::builder[]"))
                .map(line -> line.substring(4))
                .toList());

    assertThat(Files.readString(PAGE)).contains("```java\n" + example + "\n```");
    assertThat(exampleOfTheBuilder().cachePolicy()).isEqualTo(CachePolicy.S3_FIFO);
  }

  private static DaxfluxConfig exampleOfTheBuilder() {
    // tag::builder[]
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath("/dev/dax0.0")
            .outputBudgetBytes(16L << 30)
            .cachePolicy(CachePolicy.S3_FIFO)
            .restoreWorkers(4)
            .leaseMaxAge(Duration.ofMinutes(1))
            .build();
    // end::builder[]
    return config;
  }
}
