package io.daxflux.config;

import static io.daxflux.config.ConfigKeys.ASYNC_PUT;
import static io.daxflux.config.ConfigKeys.BLOCK_SIZE;
import static io.daxflux.config.ConfigKeys.CACHE_POLICY;
import static io.daxflux.config.ConfigKeys.CHECKSUM;
import static io.daxflux.config.ConfigKeys.CHUNK_SIZE;
import static io.daxflux.config.ConfigKeys.CLOSE_GRACE;
import static io.daxflux.config.ConfigKeys.COPY_ENGINE;
import static io.daxflux.config.ConfigKeys.DEVICE_PATH;
import static io.daxflux.config.ConfigKeys.DURABILITY;
import static io.daxflux.config.ConfigKeys.FORMAT;
import static io.daxflux.config.ConfigKeys.HUGE_PAGES;
import static io.daxflux.config.ConfigKeys.LEASE_MAX_AGE;
import static io.daxflux.config.ConfigKeys.LOCAL_CPU;
import static io.daxflux.config.ConfigKeys.LOCK_MEMORY;
import static io.daxflux.config.ConfigKeys.MAX_DAX_SIZE;
import static io.daxflux.config.ConfigKeys.MAX_LOCAL_CPU_SIZE;
import static io.daxflux.config.ConfigKeys.MAX_REQUEST_KEYS;
import static io.daxflux.config.ConfigKeys.MIN_RETRIEVE_TOKENS;
import static io.daxflux.config.ConfigKeys.PREFAULT;
import static io.daxflux.config.ConfigKeys.RESTORE_MAX_REGIONS;
import static io.daxflux.config.ConfigKeys.RESTORE_MODE;
import static io.daxflux.config.ConfigKeys.RESTORE_WAIT;
import static io.daxflux.config.ConfigKeys.RESTORE_WORKERS;
import static io.daxflux.config.ConfigKeys.RETRIEVE_LOCATIONS;
import static io.daxflux.config.ConfigKeys.RING_SIZE;
import static io.daxflux.config.ConfigKeys.SCRUB_RATE;
import static io.daxflux.config.ConfigKeys.SPARSE;
import static io.daxflux.config.ConfigKeys.STAGING_SLAB_BYTES;
import static io.daxflux.config.ConfigKeys.STREAM_ARENA_SHARE;
import static io.daxflux.config.ConfigKeys.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every key accepts and what it makes of it, and what it refuses and in which words. */
class ConfigMapValuesTest {
  private static final long GIB = 1L << 30;
  private static final BigInteger HUGE = BigInteger.TEN.pow(30);

  @ParameterizedTest(name = "{0}: {1} is {3}")
  @MethodSource("goodValues")
  void acceptsAGoodValue(
      ConfigKey<?> key, Object raw, Function<DaxfluxConfig, Object> component, Object expected) {
    DaxfluxConfig config = DaxfluxConfig.fromMap(ConfigMaps.with(key, raw));

    assertThat(component.apply(config)).isEqualTo(expected);
  }

  static Stream<Arguments> goodValues() {
    return Stream.of(
            good(CHUNK_SIZE, DaxfluxConfig::chunkTokens, 512, 512)
                .and("512", 512)
                .and(" 512 ", 512)
                .and("+1", 1)
                .and(512.0, 512)
                .and(512L, 512)
                .and((short) 8, 8)
                .and(BigInteger.valueOf(8), 8)
                .and(new BigDecimal("8.00"), 8)
                .and(null, 256)
                .and(Integer.MAX_VALUE, Integer.MAX_VALUE),
            good(LOCAL_CPU, DaxfluxConfig::localCpu, true, true)
                .and(false, false)
                .and("True", true)
                .and("yes", true)
                .and("on", true)
                .and("1", true)
                .and(1, true)
                .and("No", false)
                .and("off", false)
                .and(0, false)
                .and(null, false),
            good(MAX_LOCAL_CPU_SIZE, DaxfluxConfig::outputBudgetBytes, 16, 16 * GIB)
                .and(0.5, GIB / 2)
                .and("16", 16 * GIB)
                .and("1e2", 100 * GIB)
                .and(".5", GIB / 2)
                .and("64GiB", 64 * GIB)
                .and("64 gib", 64 * GIB)
                .and("256 MiB", 256L << 20)
                .and("1.5KiB", 1536L)
                .and("4096B", 4096L)
                .and("2TiB", 2048 * GIB)
                .and("7.1KiB", 7270L)
                .and(null, 5 * GIB),
            good(CACHE_POLICY, DaxfluxConfig::cachePolicy, "LRU", CachePolicy.LRU)
                .and("fifo", CachePolicy.FIFO)
                .and("Lfu", CachePolicy.LFU)
                .and(" MRU ", CachePolicy.MRU)
                .and("S3-FIFO", CachePolicy.S3_FIFO)
                .and("s3_fifo", CachePolicy.S3_FIFO)
                .and("S3FIFO", CachePolicy.S3_FIFO)
                .and(null, CachePolicy.LRU),
            good(MIN_RETRIEVE_TOKENS, DaxfluxConfig::minRetrieveTokens, 0, 0)
                .and("1024", 1024)
                .and(null, 0),
            good(RETRIEVE_LOCATIONS, DaxfluxConfig::retrieves, List.of("dax"), true)
                .and(List.of("LocalCPUBackend", " dax "), true)
                .and(List.of("LocalCPUBackend"), false)
                .and(List.of("daxes"), false)
                .and(List.of(), false)
                .and(Set.of("dax"), true)
                .and("dax", true)
                .and("remote, dax", true)
                .and("", false)
                .and(null, true),
            good(DEVICE_PATH, DaxfluxConfig::devicePath, "/dev/daxxxx", "/dev/daxxxx")
                .and("  /dev/dax0.0\n", "/dev/dax0.0")
                .and("data/arena", "data/arena")
                .and("memory:", "memory:"),
            good(MAX_DAX_SIZE, DaxfluxConfig::deviceBytes, 64, 64 * GIB)
                .and(0.25, GIB / 4)
                .and(1.0 / GIB, 1L)
                .and(1.9 / GIB, 1L)
                .and("64", 64 * GIB)
                .and("64GiB", 64 * GIB)
                .and(new BigDecimal("2.5"), 5 * GIB / 2)
                .and("9223372036854775807B", Long.MAX_VALUE),
            good(SPARSE, DaxfluxConfig::sparse, true, true).and("no", false).and(null, false),
            good(PREFAULT, DaxfluxConfig::prefault, true, true).and("off", false).and(null, true),
            good(LOCK_MEMORY, DaxfluxConfig::lockMemory, false, false)
                .and("ON", true)
                .and(null, true),
            good(HUGE_PAGES, DaxfluxConfig::hugePages, false, false)
                .and("yes", true)
                .and(null, true),
            good(BLOCK_SIZE, DaxfluxConfig::blockBytes, 512, 512)
                .and("4096", 4096)
                .and(65536.0, 65_536)
                .and("64KiB", 65_536)
                .and("0.5 MiB", 524_288)
                .and("1GiB", 1 << 30)
                .and(null, 65_536),
            good(FORMAT, DaxfluxConfig::format, "if-empty", FormatPolicy.IF_EMPTY)
                .and("IF_EMPTY", FormatPolicy.IF_EMPTY)
                .and("never", FormatPolicy.NEVER)
                .and(" Always ", FormatPolicy.ALWAYS)
                .and(null, FormatPolicy.IF_EMPTY),
            good(ASYNC_PUT, DaxfluxConfig::asyncPut, true, true)
                .and(" YES ", true)
                .and("1", true)
                .and(1, true)
                .and("on", true)
                .and("maybe", false)
                .and("", false)
                .and(2, false)
                .and(1.0, false)
                .and(false, false)
                .and(null, false),
            good(DURABILITY, DaxfluxConfig::durability, "power", DurabilityPolicy.POWER)
                .and("Process", DurabilityPolicy.PROCESS)
                .and(null, DurabilityPolicy.PROCESS),
            good(CHECKSUM, DaxfluxConfig::checksum, false, false).and("on", true).and(null, true),
            good(VERIFY, DaxfluxConfig::verify, "always", VerifyPolicy.ALWAYS)
                .and("first-read", VerifyPolicy.FIRST_READ)
                .and("first_read", VerifyPolicy.FIRST_READ)
                .and("never", VerifyPolicy.NEVER)
                .and(null, VerifyPolicy.FIRST_READ),
            good(SCRUB_RATE, DaxfluxConfig::scrubBytesPerSecond, "50MiB", 50L << 20)
                .and(1_000_000, 1_000_000L)
                .and("4096", 4096L)
                .and("1.5 KiB", 1536L)
                .and("0B", 0L)
                .and(0, 0L)
                .and(null, 0L),
            good(COPY_ENGINE, DaxfluxConfig::copyEngine, "jvm", CopyEngine.JVM)
                .and("native", CopyEngine.NATIVE)
                .and("auto", CopyEngine.AUTO),
            good(RESTORE_MODE, DaxfluxConfig::restoreMode, "staged", RestoreMode.STAGED)
                .and("DIRECT", RestoreMode.DIRECT)
                .and(null, RestoreMode.DIRECT),
            good(RESTORE_WORKERS, DaxfluxConfig::restoreWorkers, 8, 8)
                .and("8", 8)
                .and(8.9, 8)
                .and(true, 1)
                .and(1024, 1024),
            good(RESTORE_MAX_REGIONS, DaxfluxConfig::restoreMaxRegions, 3, 3)
                .and(" 3 ", 3)
                .and(3.99, 3)
                .and(true, 1),
            good(STAGING_SLAB_BYTES, DaxfluxConfig::stagingSlabBytes, 1L << 28, 1L << 28)
                .and("268435456", 1L << 28)
                .and(268435456.9, 1L << 28)
                .and("256MiB", 1L << 28)
                .and("1.0000000001GiB", GIB),
            good(RESTORE_WAIT, DaxfluxConfig::restoreWait, "30s", Duration.ofSeconds(30))
                .and("PT30S", Duration.ofSeconds(30))
                .and("500ms", Duration.ofMillis(500))
                .and("500 ms", Duration.ofMillis(500))
                .and("1.5s", Duration.ofMillis(1500))
                .and("2m", Duration.ofMinutes(2))
                .and("2min", Duration.ofMinutes(2))
                .and("1h", Duration.ofHours(1))
                .and("36500d", Duration.ofDays(36_500))
                .and(30, Duration.ofSeconds(30))
                .and(0.25, Duration.ofMillis(250))
                .and("0.25", Duration.ofMillis(250))
                .and(0, Duration.ZERO)
                .and(null, Duration.ofSeconds(30)),
            good(STREAM_ARENA_SHARE, DaxfluxConfig::streamArenaShare, 1, 1.0)
                .and(0.25, 0.25)
                .and("0.25", 0.25)
                .and(null, 0.5),
            good(LEASE_MAX_AGE, DaxfluxConfig::leaseMaxAge, "1ms", Duration.ofMillis(1))
                .and("P1D", Duration.ofDays(1))
                .and(null, Duration.ofMinutes(5)),
            good(MAX_REQUEST_KEYS, DaxfluxConfig::maxRequestKeys, 1, 1)
                .and("1048576", 1 << 20)
                .and(null, 16_384),
            good(RING_SIZE, DaxfluxConfig::ringSlots, 1, 1).and("65536", 65_536).and(null, 1024),
            good(CLOSE_GRACE, DaxfluxConfig::closeGrace, 0, Duration.ZERO)
                .and("2s", Duration.ofSeconds(2))
                .and(null, Duration.ofSeconds(10)))
        .flatMap(Cases::stream);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badValues")
  void refusesABadValueInOneLine(ConfigKey<?> key, Object raw, String expected, String found) {
    ConfigException fault = faultOf(ConfigMaps.with(key, raw));

    assertThat(fault).hasMessage(key.label() + ": expected " + expected + ", found " + found);
    assertThat(fault.key()).isEqualTo(key.label());
    assertThat(fault.expected()).isEqualTo(expected);
    assertThat(fault.found()).isEqualTo(found);
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
            bad(CHUNK_SIZE, "a whole number of at least 1", 0, "0")
                .and(-256, "-256")
                .and(256.5, "256.5")
                .and("256.5", "'256.5'")
                .and("0x10", "'0x10'")
                .and(Double.NaN, "NaN")
                .and(Double.POSITIVE_INFINITY, "Infinity")
                .and(Double.NEGATIVE_INFINITY, "-Infinity")
                .and(99_999_999_999L, "99999999999 (too large)")
                .and(-99_999_999_999L, "-99999999999")
                .and(HUGE, HUGE + " (too large)")
                .and(HUGE.negate(), HUGE.negate().toString())
                .and("99999999999999999999", "'99999999999999999999' (too large)")
                .and(1e300, "1.0E300 (too large)")
                .and(-1e300, "-1.0E300")
                .and(true, "true")
                .and("", "''")
                .and("many", "'many'")
                .and("1\n2", "'1\\u000a2'")
                .and("9".repeat(100), "'" + "9".repeat(80) + "...'")
                .and(List.of(256), "a list")
                .and(new int[] {256}, "a list")
                .and(Map.of("tokens", 256), "a map")
                .and(Path.of("x"), "a value of type UnixPath"),
            bad(LOCAL_CPU, "true or false", "maybe", "'maybe'")
                .and(2, "2")
                .and(Double.NaN, "NaN")
                .and(List.of(), "a list")
                .and(Map.of(), "a map"),
            bad(MAX_LOCAL_CPU_SIZE, "a number of GiB greater than 0", 0, "0")
                .and(-5, "-5")
                .and(Double.NaN, "NaN")
                .and("5GB", "'5GB' (units are B, KiB, MiB, GiB and TiB)"),
            bad(CACHE_POLICY, "one of LRU, FIFO, LFU, MRU, S3-FIFO", "ARC", "'ARC'")
                .and("", "''")
                .and(1, "1")
                .and(List.of("LRU"), "a list"),
            bad(MIN_RETRIEVE_TOKENS, "a whole number of at least 0", -1, "-1")
                .and(0.5, "0.5")
                .and(false, "false"),
            bad(RETRIEVE_LOCATIONS, "a list of names", Map.of("dax", 1), "a map")
                .and(true, "true")
                .and(List.of("dax", 1), "a list (of which one is not text)")
                .and(Arrays.asList("dax", null), "a list (of which one is not text)"),
            bad(DEVICE_PATH, "a path or memory:", "", "''")
                .and("  ", "'  '")
                .and(null, "null")
                .and(5, "5")
                .and(true, "true")
                .and(List.of("/dev/dax0.0"), "a list")
                .and("/dev/\0", "'/dev/\\u0000'"),
            bad(MAX_DAX_SIZE, "a number of GiB greater than 0", Double.NaN, "NaN")
                .and(0, "0")
                .and(0.0, "0.0")
                .and(-0.0, "-0.0")
                .and(-64, "-64")
                .and("-64GiB", "'-64GiB'")
                .and("0B", "'0B'")
                .and(1e-10, "1.0E-10 (less than one byte)")
                .and(Double.POSITIVE_INFINITY, "Infinity")
                .and(Double.NEGATIVE_INFINITY, "-Infinity")
                .and("nan", "'nan'")
                .and("inf", "'inf'")
                .and("sixty-four", "'sixty-four'")
                .and("0x40", "'0x40'")
                .and("64d", "'64d' (units are B, KiB, MiB, GiB and TiB)")
                .and("64 64GiB", "'64 64GiB'")
                .and(8_589_934_592L, "8589934592 (too large)")
                .and(1e300, "1.0E300 (too large)")
                .and(HUGE, HUGE + " (too large)")
                .and("1e999999999", "'1e999999999'")
                .and("8388608TiB", "'8388608TiB' (too large)")
                .and("9223372036854775808B", "'9223372036854775808B' (too large)")
                .and(new BigDecimal("1e999999999"), "1E+999999999")
                .and(true, "true")
                .and(null, "null")
                .and(List.of(64), "a list")
                .and(Map.of(), "a map"),
            bad(SPARSE, "true or false", "", "''"),
            bad(PREFAULT, "true or false", 7, "7"),
            bad(LOCK_MEMORY, "true or false", "please", "'please'"),
            bad(HUGE_PAGES, "true or false", "2MiB", "'2MiB'"),
            bad(BLOCK_SIZE, "a power of two from 512 to 1073741824 bytes", 1000, "1000")
                .and(256, "256")
                .and(0, "0")
                .and(-512, "-512")
                .and(512.5, "512.5")
                .and("2GiB", "'2GiB'")
                .and("8EiB", "'8EiB' (units are B, KiB, MiB, GiB and TiB)")
                .and(Double.NaN, "NaN")
                .and(List.of(), "a list"),
            bad(FORMAT, "one of if-empty, never, always", "empty", "'empty'")
                .and(true, "true")
                .and("", "''")
                .and(List.of("never"), "a list"),
            bad(ASYNC_PUT, "true or false", List.of(true), "a list").and(Map.of(), "a map"),
            bad(DURABILITY, "one of process, power", "none", "'none'").and(false, "false"),
            bad(CHECKSUM, "true or false", "crc32c", "'crc32c'"),
            bad(VERIFY, "one of always, first-read, never", "once", "'once'")
                .and(true, "true")
                .and(false, "false"),
            bad(SCRUB_RATE, "a number of bytes per second, or 0", -1, "-1")
                .and("-1MiB", "'-1MiB'")
                .and(0.5, "0.5")
                .and(true, "true")
                .and("50MB", "'50MB' (units are B, KiB, MiB, GiB and TiB)")
                .and("50MiB/s", "'50MiB/s'")
                .and(1e19, "1.0E19 (too large)")
                .and(Double.NaN, "NaN")
                .and(List.of(1), "a list"),
            bad(COPY_ENGINE, "one of jvm, native, auto", "c", "'c'"),
            bad(RESTORE_MODE, "one of direct, staged", "borrowed", "'borrowed'").and(1, "1"),
            bad(RESTORE_WORKERS, "a whole number from 1 to 1024", 0, "0")
                .and(-1, "-1")
                .and(0.9, "0.9")
                .and("8.9", "'8.9'")
                .and(false, "false")
                .and(1025, "1025")
                .and(Double.NaN, "NaN")
                .and(Double.POSITIVE_INFINITY, "Infinity")
                .and(1e300, "1.0E300 (too large)")
                .and(HUGE, HUGE + " (too large)")
                .and(null, "null")
                .and(List.of(8), "a list")
                .and(Map.of(), "a map"),
            bad(RESTORE_MAX_REGIONS, "a whole number from 1 to 1024", 0, "0")
                .and(-0.5, "-0.5")
                .and("many", "'many'")
                .and(null, "null"),
            bad(STAGING_SLAB_BYTES, "a number of bytes greater than 0", 0, "0")
                .and(-1, "-1")
                .and(0.9, "0.9")
                .and(Double.NaN, "NaN")
                .and(1e19, "1.0E19 (too large)")
                .and("256MB", "'256MB' (units are B, KiB, MiB, GiB and TiB)")
                .and(null, "null"),
            bad(RESTORE_WAIT, "a duration of at least 0, such as 30s", -1, "-1")
                .and("-1s", "'-1s'")
                .and("PT-1S", "'PT-1S'")
                .and("30 parsecs", "'30 parsecs' (units are ms, s, min, h and d)")
                .and("soon", "'soon'")
                .and("P", "'P'")
                .and(Double.NaN, "NaN")
                .and(1e300, "1.0E300 (the longest is 36500 days)")
                .and("36501d", "'36501d' (the longest is 36500 days)")
                .and("PT9000000000000000000H", "'PT9000000000000000000H'")
                .and("P40000D", "'P40000D' (the longest is 36500 days)")
                .and(true, "true")
                .and(List.of(30), "a list"),
            bad(STREAM_ARENA_SHARE, "a number greater than 0 and at most 1", 0, "0")
                .and(1.01, "1.01")
                .and(-0.5, "-0.5")
                .and("half", "'half'")
                .and(Double.NaN, "NaN")
                .and(true, "true"),
            bad(LEASE_MAX_AGE, "a duration greater than 0, such as 30s", 0, "0")
                .and("0s", "'0s'")
                .and(1e-12, "1.0E-12"),
            bad(MAX_REQUEST_KEYS, "a whole number from 1 to 1048576", 0, "0")
                .and(1_048_577, "1048577"),
            bad(RING_SIZE, "a power of two from 1 to 1048576", 1000, "1000")
                .and(0, "0")
                .and(Integer.MIN_VALUE, "-2147483648")
                .and(1 << 21, "2097152"),
            bad(CLOSE_GRACE, "a duration of at least 0, such as 30s", -0.001, "-0.001"))
        .flatMap(Cases::stream);
  }

  @Test
  void everyKeyHasGoodAndBadValuesHere() {
    Set<Object> good = new HashSet<>();
    goodValues().forEach(arguments -> good.add(arguments.get()[0]));
    Set<Object> bad = new HashSet<>();
    badValues().forEach(arguments -> bad.add(arguments.get()[0]));

    assertThat(good).containsExactlyInAnyOrderElementsOf(ConfigKeys.ALL);
    assertThat(bad).containsExactlyInAnyOrderElementsOf(ConfigKeys.ALL);
  }

  private static <T> Cases good(
      ConfigKey<T> key, Function<DaxfluxConfig, T> component, Object raw, T expected) {
    return new Cases(key, component).and(raw, expected);
  }

  private static Cases bad(ConfigKey<?> key, String expected, Object raw, String found) {
    return new Cases(key, expected).and(raw, found);
  }

  private static ConfigException faultOf(Map<String, ?> map) {
    return catchThrowableOfType(ConfigException.class, () -> DaxfluxConfig.fromMap(map));
  }
}
