package io.daxflux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The defaults, and what a builder refuses in which words. */
class ConfigBuilderTest {
  private static final Duration TOO_LONG = Duration.ofDays(36_501);

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    int workers = Math.min(8, Runtime.getRuntime().availableProcessors());

    assertThat(onDevice().build())
        .isEqualTo(
            new DaxfluxConfig(
                256,
                false,
                5L << 30,
                CachePolicy.LRU,
                0,
                true,
                "/dev/dax0.0",
                0,
                false,
                true,
                true,
                true,
                65_536,
                FormatPolicy.IF_EMPTY,
                false,
                DurabilityPolicy.PROCESS,
                true,
                VerifyPolicy.FIRST_READ,
                0,
                RestoreMode.DIRECT,
                CopyEngine.JVM,
                workers,
                2 * workers,
                256L << 20,
                Duration.ofSeconds(30),
                0.5,
                Duration.ofMinutes(5),
                16_384,
                1024,
                Duration.ofSeconds(10),
                List.of()));
  }

  @Test
  void everyOptionReachesItsComponent() {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .chunkTokens(16)
            .localCpu(true)
            .outputBudgetBytes(1)
            .cachePolicy(CachePolicy.MRU)
            .minRetrieveTokens(2)
            .retrieves(false)
            .devicePath("arena")
            .deviceBytes(3)
            .sparse(true)
            .prefault(true)
            .lockMemory(false)
            .hugePages(false)
            .blockBytes(512)
            .format(FormatPolicy.NEVER)
            .asyncPut(true)
            .durability(DurabilityPolicy.POWER)
            .checksum(false)
            .verify(VerifyPolicy.ALWAYS)
            .scrubBytesPerSecond(12)
            .restoreMode(RestoreMode.STAGED)
            .copyEngine(CopyEngine.AUTO)
            .restoreWorkers(4)
            .restoreMaxRegions(5)
            .stagingSlabBytes(20L << 20)
            .restoreWait(Duration.ofSeconds(6))
            .streamArenaShare(0.75)
            .leaseMaxAge(Duration.ofSeconds(8))
            .maxRequestKeys(9)
            .ringSlots(16)
            .closeGrace(Duration.ofSeconds(11))
            .build();

    assertThat(config)
        .isEqualTo(
            new DaxfluxConfig(
                16,
                true,
                1,
                CachePolicy.MRU,
                2,
                false,
                "arena",
                3,
                true,
                true,
                false,
                false,
                512,
                FormatPolicy.NEVER,
                true,
                DurabilityPolicy.POWER,
                false,
                VerifyPolicy.ALWAYS,
                12,
                RestoreMode.STAGED,
                CopyEngine.AUTO,
                4,
                5,
                20L << 20,
                Duration.ofSeconds(6),
                0.75,
                Duration.ofSeconds(8),
                9,
                16,
                Duration.ofSeconds(11),
                List.of()));
  }

  @Test
  void regionsFollowWorkersAndTheSlabFollowsRegions() {
    DaxfluxConfig config = onDevice().restoreWorkers(100).build();

    assertThat(config.restoreMaxRegions()).isEqualTo(200);
    assertThat(config.stagingSlabBytes()).isEqualTo(800L << 20);
    assertThat(onDevice().restoreWorkers(600).build().restoreMaxRegions()).isEqualTo(1024);
  }

  @Test
  void memoryIsPrefaultedUnlessToldNotTo() {
    assertThat(inMemory().build().prefault()).isTrue();
    assertThat(inMemory().prefault(false).build().prefault()).isFalse();
    assertThat(onDevice().build().prefault()).isTrue();
  }

  @Test
  void onlyMemoryIsInMemory() {
    assertThat(inMemory().build().inMemory()).isTrue();
    assertThat(onDevice().build().inMemory()).isFalse();
  }

  @Test
  void theDeviceMustBeNamed() {
    assertFault(
        () -> DaxfluxConfig.builder().build(),
        "devicePath: expected a path or memory:, found nothing");
  }

  @Test
  void memoryMustHaveASize() {
    assertFault(
        () -> DaxfluxConfig.builder().devicePath(DaxfluxConfig.MEMORY).build(),
        "deviceBytes: expected a number of bytes greater than 0 for memory:, found 0");
  }

  @Test
  void theSlabMustHoldAPieceOfEveryRegion() {
    assertFault(
        () -> onDevice().restoreMaxRegions(3).stagingSlabBytes((12L << 20) - 1).build(),
        "stagingSlabBytes: expected at least 12582912 bytes, 4 MiB for each of 3 regions, "
            + "found 12582911");
  }

  @Test
  void anOptionSetTwiceIsRefusedByName() {
    assertFault(
        () -> DaxfluxConfig.builder().blockBytes(4096).blockBytes(8192),
        "blockBytes: expected to be set once, found a second value, 8192");
    assertFault(
        () -> onDevice().devicePath("/dev/dax0.0"),
        "devicePath: expected to be set once, found a second value, '/dev/dax0.0'");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("badOptions")
  void namesTheOptionThatCannotBeUsed(UnaryOperator<ConfigBuilder> option, String message) {
    assertFault(() -> option.apply(inMemory()).build(), message);
  }

  static Stream<Arguments> badOptions() {
    return Stream.of(
        option(
            b -> b.chunkTokens(0), "chunkTokens: expected a whole number of at least 1, found 0"),
        option(
            b -> b.outputBudgetBytes(0),
            "outputBudgetBytes: expected a number of bytes greater than 0, found 0"),
        option(
            b -> b.cachePolicy(null),
            "cachePolicy: expected one of LRU, FIFO, LFU, MRU, S3-FIFO, found null"),
        option(
            b -> b.minRetrieveTokens(-1),
            "minRetrieveTokens: expected a whole number of at least 0, found -1"),
        option(
            b -> b.blockBytes(1000),
            "blockBytes: expected a power of two from 512 to 1073741824 bytes, found 1000"),
        option(b -> b.format(null), "format: expected one of if-empty, never, always, found null"),
        option(b -> b.durability(null), "durability: expected one of process, power, found null"),
        option(
            b -> b.verify(null), "verify: expected one of always, first-read, never, found null"),
        option(
            b -> b.scrubBytesPerSecond(-1),
            "scrubBytesPerSecond: expected a number of bytes per second, or 0, found -1"),
        option(b -> b.restoreMode(null), "restoreMode: expected one of direct, staged, found null"),
        option(
            b -> b.restoreWorkers(1025),
            "restoreWorkers: expected a whole number from 1 to 1024, found 1025"),
        option(
            b -> b.restoreMaxRegions(0),
            "restoreMaxRegions: expected a whole number from 1 to 1024, found 0"),
        option(
            b -> b.stagingSlabBytes(-1),
            "stagingSlabBytes: expected a number of bytes greater than 0, found -1"),
        option(
            b -> b.restoreWait(TOO_LONG),
            "restoreWait: expected a duration from 0 to 36500 days, found PT876024H"),
        option(
            b -> b.streamArenaShare(Double.NaN),
            "streamArenaShare: expected a number greater than 0 and at most 1, found NaN"),
        option(
            b -> b.leaseMaxAge(Duration.ZERO),
            "leaseMaxAge: expected a duration greater than 0 and at most 36500 days, found PT0S"),
        option(
            b -> b.maxRequestKeys(0),
            "maxRequestKeys: expected a whole number from 1 to 1048576, found 0"),
        option(
            b -> b.ringSlots(3), "ringSlots: expected a power of two from 1 to 1048576, found 3"),
        option(
            b -> b.closeGrace(Duration.ofSeconds(-1)),
            "closeGrace: expected a duration from 0 to 36500 days, found PT-1S"));
  }

  @Test
  void refusesABadDevice() {
    assertFault(
        () -> DaxfluxConfig.builder().devicePath(" ").build(),
        "devicePath: expected a path or memory:, found ' '");
    assertFault(
        () -> onDevice().deviceBytes(-1).build(),
        "deviceBytes: expected a number of bytes, or 0 for the whole of an existing device, "
            + "found -1");
  }

  @Test
  void theRecordCannotBeMadeAroundTheChecks() {
    DaxfluxConfig good = onDevice().build();

    assertFault(
        () ->
            new DaxfluxConfig(
                good.chunkTokens(),
                good.localCpu(),
                good.outputBudgetBytes(),
                good.cachePolicy(),
                good.minRetrieveTokens(),
                good.retrieves(),
                good.devicePath(),
                good.deviceBytes(),
                good.sparse(),
                good.prefault(),
                good.lockMemory(),
                good.hugePages(),
                good.blockBytes(),
                good.format(),
                good.asyncPut(),
                good.durability(),
                good.checksum(),
                good.verify(),
                good.scrubBytesPerSecond(),
                null,
                good.copyEngine(),
                good.restoreWorkers(),
                good.restoreMaxRegions(),
                good.stagingSlabBytes(),
                good.restoreWait(),
                good.streamArenaShare(),
                good.leaseMaxAge(),
                good.maxRequestKeys(),
                good.ringSlots(),
                good.closeGrace(),
                good.ignoredKeys()),
        "restoreMode: expected one of direct, staged, found null");
  }

  @Test
  void keepsItsOwnCopyOfTheIgnoredKeys() {
    List<String> keys = new ArrayList<>(List.of("store_location"));
    DaxfluxConfig config = onDevice().ignoredKeys(keys).build();

    keys.clear();

    assertThat(config.ignoredKeys()).containsExactly("store_location").isUnmodifiable();
  }

  @Test
  void hasNothingToNoteByDefault() {
    assertThat(onDevice().build().notes()).isEmpty();
  }

  @Test
  void notesWhatIsNotInEffectAndWhatIsIgnored() {
    DaxfluxConfig config =
        onDevice().localCpu(true).retrieves(false).ignoredKeys(List.of("a", "b")).build();

    assertThat(config.notes())
        .containsExactly(
            "local_cpu: true is not yet in effect; restored chunks are not kept in memory",
            "retrieve_locations is without dax; nothing will be retrieved",
            "keys without a meaning here, ignored: a, b");
  }

  private static ConfigBuilder onDevice() {
    return DaxfluxConfig.builder().devicePath("/dev/dax0.0");
  }

  private static ConfigBuilder inMemory() {
    return DaxfluxConfig.builder().devicePath(DaxfluxConfig.MEMORY).deviceBytes(1 << 20);
  }

  private static Arguments option(UnaryOperator<ConfigBuilder> option, String message) {
    return arguments(option, message);
  }

  private static void assertFault(Supplier<?> action, String message) {
    assertThatExceptionOfType(ConfigException.class).isThrownBy(action::get).withMessage(message);
  }
}
