package io.daxflux.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.daxflux.config.CachePolicy;
import io.daxflux.config.ConfigException;
import io.daxflux.config.DaxfluxConfig;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaxfluxYamlTest {
  /** The file of LMCache's documentation for its DAX backend. */
  private static final String LMCACHE =
      """
      chunk_size: 256
      local_cpu: false
      max_local_cpu_size: 16
      cache_policy: LRU
      min_retrieve_tokens: 0
      storage_plugins: ["dax"]
      store_location: dax
      retrieve_locations: ["dax"]
      extra_config:
        storage_plugin.dax.module_path: lmcache.v1.storage_backend.plugins.dax_backend
        storage_plugin.dax.class_name: DaxBackend
        dax.device_path: "/dev/daxxxx"
        dax.max_dax_size: 64
        dax.async_put: false
      """;

  private static final String KNOBS =
      """
        dax.restore_workers: 8
        dax.restore_max_regions: 4
        dax.retrieve_staging_slab_bytes: 536870912
      """;

  private static final String MINIMAL =
      """
      extra_config:
        dax.device_path: /dev/dax0.0
        dax.max_dax_size: 1
        dax.restore_workers: 2
      """;

  @TempDir Path folder;

  @Test
  void readsAnLmcacheFileUnchanged() {
    DaxfluxConfig config = load(LMCACHE);

    assertThat(config)
        .usingRecursiveComparison()
        .ignoringFields("ignoredKeys")
        .isEqualTo(
            DaxfluxConfig.builder()
                .chunkTokens(256)
                .localCpu(false)
                .outputBudgetBytes(16L << 30)
                .cachePolicy(CachePolicy.LRU)
                .minRetrieveTokens(0)
                .retrieves(true)
                .devicePath("/dev/daxxxx")
                .deviceBytes(64L << 30)
                .asyncPut(false)
                .build());
    assertThat(config.ignoredKeys())
        .containsExactly(
            "storage_plugins",
            "store_location",
            "extra_config['storage_plugin.dax.module_path']",
            "extra_config['storage_plugin.dax.class_name']");
  }

  @Test
  void readsTheRestoreKnobsOfAnLmcacheFile() {
    DaxfluxConfig config = load(LMCACHE + KNOBS);

    assertThat(config.restoreWorkers()).isEqualTo(8);
    assertThat(config.restoreMaxRegions()).isEqualTo(4);
    assertThat(config.stagingSlabBytes()).isEqualTo(512L << 20);
    assertThat(config.devicePath()).isEqualTo("/dev/daxxxx");
  }

  @Test
  void readsTheSameFromAFileAStreamAndAReader() throws IOException {
    Path file = Files.writeString(folder.resolve("lmcache.yaml"), LMCACHE + KNOBS);

    assertThat(DaxfluxYaml.load(file))
        .isEqualTo(DaxfluxYaml.load(bytes(LMCACHE + KNOBS)))
        .isEqualTo(load(LMCACHE + KNOBS));
  }

  @Test
  void leavesWhatItWasGivenOpen() {
    boolean[] closed = new boolean[2];
    DaxfluxYaml.load(
        new FilterInputStream(bytes(MINIMAL)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        });
    DaxfluxYaml.load(
        new FilterReader(new StringReader(MINIMAL)) {
          @Override
          public void close() {
            closed[1] = true;
          }
        });

    assertThat(closed).containsExactly(false, false);
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true",
    "On, true",
    "TRUE, true",
    "'\"true\"', true",
    "'1', true",
    "no, false",
    "off, false",
    "~, false",
    "'', false",
  })
  void readsTheBooleansOfYaml(String written, boolean expected) {
    assertThat(load(MINIMAL + "  dax.sparse: " + written).sparse()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0x200", "01000", "5_1_2", "'\"512\"'", "512.0", "'!!int \"512\"'", "512 # bytes"})
  void readsTheNumbersOfYaml(String written) {
    assertThat(load(MINIMAL + "  dax.block_size: " + written).blockBytes()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({".nan, NaN", ".NaN, NaN", ".inf, Infinity", "+.inf, Infinity", "-.INF, -Infinity"})
  void namesNumbersThatAreNone(String written, String found) {
    assertFault(
        MINIMAL + "  dax.stream_arena_share: " + written,
        "extra_config['dax.stream_arena_share']: "
            + "expected a number greater than 0 and at most 1, found "
            + found);
  }

  @Test
  void readsAByteOrderMarkAndOtherLineEnds() {
    String windows = "\uFEFF" + MINIMAL.replace("\n", "\r\n");

    assertThat(load(windows)).isEqualTo(load(MINIMAL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing here", "---", "~"})
  void takesAnEmptyDocumentForOneWithoutKeys(String yaml) {
    assertFault(yaml, "extra_config['dax.device_path']: expected a path or memory:, found nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'- a\n- b' | 'line 1, column 1: expected keys with values, found a list'",
        "'just text' | 'line 1, column 1: expected keys with values, found a single value'",
        "'a: 1\n---\nb: 2' | 'line 3, column 1: expected one document, found a second one'",
        "'a: 1\nb: 2\na: 3' | 'line 3, column 1: expected every key once, found ''a'' again'",
        "'a:\n  b: 1\n  b: 1' | 'line 3, column 3: expected every key once, found ''b'' again'",
        "'a: &x 1\nb: *x' | 'line 2, column 4: expected values written out, found the alias *x'",
        "'a: [*x]' | 'line 1, column 5: expected values written out, found the alias *x'",
        "'a: b: c' | 'line 1, column 5: expected YAML, found a fault: "
            + "mapping values are not allowed here'",
        "'a: [1, 2' | 'line 1, column 9: expected YAML, found a fault: "
            + "expected '','' or '']'', but got <stream end>'",
        "'a:\n\t- b' | 'line 2, column 1: expected YAML, found a fault: found character "
            + "''\\t(TAB)'' that cannot start any token. (Do not use \\t(TAB) for indentation)'",
        "'a: ''line 9, column 9' | 'line 1, column 21: expected YAML, found a fault: "
            + "found unexpected end of stream'",
        "'a: \u0001' | 'line 1, column 1: expected YAML, found a fault: "
            + "special characters are not allowed'",
      })
  void saysInOneLineWhereTheYamlIsWrong(String yaml, String message) {
    assertFault(yaml, "configuration, " + message);
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load("a: " + "[".repeat(100_000)))
        .withMessageStartingWith("configuration: expected YAML, found a fault: ");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path file = folder.resolve("none.yaml");

    assertFault(file, file + ": expected a file, found none");
  }

  @Test
  void namesTheFileWithASyntaxError() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.yaml"), "a: b: c");

    assertFault(
        file,
        file
            + ", line 1, column 5: expected YAML, found a fault: "
            + "mapping values are not allowed here");
  }

  @Test
  void refusesAFolder() {
    assertFault(folder, folder + ": expected a readable file, found a fault: Is a directory");
  }

  @Test
  void refusesAFileWithoutReadPermission() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.yaml"), MINIMAL);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
    assumeFalse(Files.isReadable(file), "the user running this may read everything");

    assertFault(file, file + ": expected a readable file, found one without read permission");
  }

  @Test
  void refusesBytesThatAreNotText() throws IOException {
    byte[] latin1 = "cache_policy: \u00e9".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("latin1.yaml"), latin1);

    assertFault(file, file + ": expected text in UTF-8, found bytes that are not");
  }

  @Test
  void carriesAFailureOfTheSource() {
    Reader failing =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("pipe broken");
          }

          @Override
          public void close() {}
        };

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> DaxfluxYaml.load(failing))
        .withMessage("configuration: expected a readable file, found a fault: pipe broken");
  }

  @Test
  void keepsTheLibraryOutOfItsSignatures() {
    assertThat(DaxfluxYaml.class.getMethods())
        .filteredOn(method -> method.getDeclaringClass() == DaxfluxYaml.class)
        .allSatisfy(
            method -> assertThat(method.toGenericString()).doesNotContain("jackson", "snakeyaml"));
  }

  private static DaxfluxConfig load(String yaml) {
    return DaxfluxYaml.load(new StringReader(yaml));
  }

  private static InputStream bytes(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertFault(String yaml, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(yaml))
        .withMessage(message);
  }

  private static void assertFault(Path file, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> DaxfluxYaml.load(file))
        .withMessage(message);
  }

  @Test
  void aFileIsReadAsItIsForWhoeverChangesIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("daxflux.yaml"), MINIMAL + "other: {a: [1, x]}");
    assertThat(DaxfluxYaml.read(file))
        .containsExactly(
            Map.entry(
                "extra_config",
                Map.of(
                    "dax.device_path",
                    "/dev/dax0.0",
                    "dax.max_dax_size",
                    1,
                    "dax.restore_workers",
                    2)),
            Map.entry("other", Map.of("a", List.of(1, "x"))));
  }
}
