package io.daxflux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a map as a whole is taken: which keys are known, needed, ignored or refused. */
class ConfigMapTest {
  private static final int MAX_REGIONS = 2;

  @Test
  void theBuilderAndTheMapHaveTheSameDefaults() {
    DaxfluxConfig built =
        DaxfluxConfig.builder().devicePath("/dev/dax0.0").deviceBytes(1L << 30).build();

    assertThat(DaxfluxConfig.fromMap(ConfigMaps.minimal())).isEqualTo(built);
  }

  @Test
  void namesTheDevicePathWhenThereIsNoConfigurationAtAll() {
    assertFault(
        Map.of(), "extra_config['dax.device_path']: expected a path or memory:, found nothing");
  }

  @Test
  void readsAnExtraConfigWithoutValueAsEmpty() {
    Map<String, Object> map = new HashMap<>();
    map.put("extra_config", null);

    assertFault(map, "extra_config['dax.device_path']: expected a path or memory:, found nothing");
  }

  @Test
  void needsASizeInAFile() {
    assertFault(
        ConfigMaps.without(ConfigKeys.MAX_DAX_SIZE),
        "extra_config['dax.max_dax_size']: expected a number of GiB greater than 0, found nothing");
  }

  @Test
  void refusesAnExtraConfigThatIsNoMap() {
    assertFault(
        Map.of("extra_config", List.of("dax.device_path")),
        "extra_config: expected a map, found a list");
  }

  @Test
  void refusesKeysThatAreNotText() {
    assertFault(
        Map.of("extra_config", Map.of(7, "x")),
        "extra_config: expected keys that are text, found 7");
  }

  @ParameterizedTest
  @CsvSource({
    "dax.restore_worker, dax.restore_workers",
    "dax.max_dax_size_gb, dax.max_dax_size",
    "dax.device, dax.device_path",
    "dax.lockmemory, dax.lock_memory",
    "dax.retrieve_slab_bytes, dax.retrieve_staging_slab_bytes",
  })
  void namesTheNearestKeyForAnUnknownOne(String unknown, String nearest) {
    assertFault(
        ConfigMaps.withExtra(unknown, 1),
        "extra_config['%s']: expected a known key such as %s, found an unknown one"
            .formatted(unknown, nearest));
  }

  @Test
  void refusesOurKeysOutsideExtraConfig() {
    assertFault(
        ConfigMaps.withTop("dax.block_size", 4096),
        "dax.block_size: expected under extra_config, found at the top level");
  }

  @Test
  void spellsOutLineBreaksInKeys() {
    assertThat(catchThrowable(() -> DaxfluxConfig.fromMap(ConfigMaps.withExtra("dax.a\nb", 1))))
        .hasMessageStartingWith("extra_config['dax.a\\u000ab']: expected ");
  }

  @Test
  void ignoresKeysOfOthersAndListsThemInOrder() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("store_location", "dax");
    map.putAll(ConfigMaps.withExtra("storage_plugin.dax.class_name", "DaxBackend"));
    map.put("chunk_sizes", 1);

    assertThat(DaxfluxConfig.fromMap(map).ignoredKeys())
        .containsExactly(
            "store_location", "extra_config['storage_plugin.dax.class_name']", "chunk_sizes");
  }

  @Test
  void saysTogetherRulesInTermsOfTheFile() {
    Map<String, Object> map = ConfigMaps.withExtra("dax.restore_max_regions", MAX_REGIONS);
    Map<Object, Object> extra = new HashMap<>((Map<?, ?>) map.get("extra_config"));
    extra.put("dax.retrieve_staging_slab_bytes", "7MiB");
    map.put("extra_config", extra);

    assertFault(
        map,
        "extra_config['dax.retrieve_staging_slab_bytes']: expected at least 8388608 bytes, "
            + "4 MiB for each of 2 regions, found 7340032");
  }

  @Test
  void takesAMapThatChangesAfterwards() {
    Map<String, Object> map = ConfigMaps.withTop("other", 1);
    DaxfluxConfig config = DaxfluxConfig.fromMap(map);

    map.clear();

    assertThat(config.ignoredKeys()).containsExactly("other");
  }

  /** Replay a failure with {@code -Ddaxflux.seed=SEED}. */
  @RepeatedTest(20)
  void anyValueUnderAnyKeyIsTakenOrRefusedInOneLineThatNamesTheKey() {
    long seed = Long.getLong("daxflux.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      ConfigKey<?> key = ConfigKeys.ALL.get(random.nextInt(ConfigKeys.ALL.size()));
      Object raw = anyValue(random);
      Throwable fault = catchThrowable(() -> DaxfluxConfig.fromMap(ConfigMaps.with(key, raw)));
      if (fault != null) {
        assertThat(fault)
            .as("seed %d, %s = %s", seed, key, raw)
            .isInstanceOf(ConfigException.class)
            .message()
            .startsWith(key.label() + ": expected ")
            .doesNotContainPattern("\\p{Cntrl}");
      }
    }
  }

  private static Object anyValue(Random random) {
    List<Function<Random, Object>> sources =
        List.of(
            Random::nextInt,
            Random::nextLong,
            Random::nextGaussian,
            Random::nextBoolean,
            any -> Double.longBitsToDouble(any.nextLong()),
            any -> anyText(any),
            any -> any.nextInt(-9, 2000) + anyText(any),
            any ->
                any.nextInt(2000) + List.of("B", "KiB", " TiB", "s", "ms", "d").get(any.nextInt(6)),
            any -> List.of(anyText(any)),
            any -> Map.of(anyText(any), 1));
    return sources.get(random.nextInt(sources.size())).apply(random);
  }

  private static String anyText(Random random) {
    String alphabet = "0123456789.eE+-_ \n\t\0xPTdaKMGiBsmh\u00e9\u0660\u2028";
    return random
        .ints(random.nextInt(12), 0, alphabet.length())
        .mapToObj(alphabet::charAt)
        .map(String::valueOf)
        .reduce("", String::concat);
  }

  private static void assertFault(Map<String, ?> map, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> DaxfluxConfig.fromMap(map))
        .withMessage(message);
  }
}
