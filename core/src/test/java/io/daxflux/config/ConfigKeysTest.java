package io.daxflux.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of keys against the record it describes. */
class ConfigKeysTest {
  private static final Set<ConfigKey<?>> TOLD_IN_A_SENTENCE =
      Set.of(ConfigKeys.PREFAULT, ConfigKeys.RETRIEVE_LOCATIONS);

  @Test
  void thereIsAKeyForEveryComponentInItsOrder() {
    List<String> components =
        Arrays.stream(DaxfluxConfig.class.getRecordComponents())
            .map(RecordComponent::getName)
            .filter(name -> !name.equals("ignoredKeys"))
            .toList();

    assertThat(ConfigKeys.ALL).map(ConfigKey::component).isEqualTo(components);
  }

  @Test
  void namesAreUnique() {
    assertThat(ConfigKeys.ALL).map(ConfigKey::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("keysWithAPlainDefault")
  void theDefaultThatIsDocumentedIsTheDefault(ConfigKey<?> key) {
    DaxfluxConfig spelledOut = DaxfluxConfig.fromMap(ConfigMaps.with(key, key.defaultText()));

    assertThat(spelledOut).isEqualTo(DaxfluxConfig.fromMap(ConfigMaps.minimal()));
  }

  static Stream<ConfigKey<?>> keysWithAPlainDefault() {
    return ConfigKeys.ALL.stream()
        .filter(key -> key.presence() == ConfigKey.Presence.OPTIONAL)
        .filter(key -> !TOLD_IN_A_SENTENCE.contains(key));
  }

  @Test
  void everyChoiceCanBeWrittenAsTheErrorSpellsIt() {
    assertThat(choices(ConfigKeys.CACHE_POLICY)).containsExactly(CachePolicy.values());
    assertThat(choices(ConfigKeys.FORMAT)).containsExactly(FormatPolicy.values());
    assertThat(choices(ConfigKeys.DURABILITY)).containsExactly(DurabilityPolicy.values());
    assertThat(choices(ConfigKeys.VERIFY)).containsExactly(VerifyPolicy.values());
    assertThat(choices(ConfigKeys.RESTORE_MODE)).containsExactly(RestoreMode.values());
    assertThat(choices(ConfigKeys.COPY_ENGINE)).containsExactly(CopyEngine.values());
  }

  private static <T> List<T> choices(ConfigKey<T> key) {
    return Arrays.stream(key.kind().expected().replace("one of ", "").split(", "))
        .map(choice -> key.kind().read(key.label(), choice))
        .toList();
  }

  @Test
  void onlyKeysUnderExtraConfigCarryOurPrefix() {
    assertThat(ConfigKeys.ALL)
        .allSatisfy(key -> assertThat(key.name().startsWith("dax.")).isEqualTo(key.extra()));
  }
}
