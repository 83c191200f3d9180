package io.daxflux.config;

import static io.daxflux.config.ConfigKey.Presence.NOT_NULL;
import static io.daxflux.config.ConfigKey.Presence.REQUIRED;
import static io.daxflux.config.ConfigKey.extra;
import static io.daxflux.config.ConfigKey.top;
import static io.daxflux.config.Numbers.Fraction.CUT_OFF;
import static io.daxflux.config.Numbers.Fraction.REFUSED;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The one table of options: what each is called in a file and in the record, what it may hold, and
 * what it is when nobody says. Reader, builder, record and documentation all follow it.
 */
final class ConfigKeys {
  /** Enough for a region to run at the speed of the memory. */
  static final long SLAB_BYTES_PER_REGION = 4 * Sizes.MIB;

  private static final long LEAST_DEFAULT_SLAB_BYTES = 256 * Sizes.MIB;

  static final ConfigKey<Integer> CHUNK_SIZE =
      top("chunk_size", "chunkTokens", Numbers.wholeNumber(1, Integer.MAX_VALUE, REFUSED))
          .otherwise("256", 256);
  static final ConfigKey<Boolean> LOCAL_CPU =
      top("local_cpu", "localCpu", Words.toggle()).otherwise("false", false);
  static final ConfigKey<Long> MAX_LOCAL_CPU_SIZE =
      top(
              "max_local_cpu_size",
              "outputBudgetBytes",
              Sizes.gibibytes("a number of bytes greater than 0", bytes -> bytes > 0))
          .otherwise("5", 5 * Sizes.GIB);
  static final ConfigKey<CachePolicy> CACHE_POLICY =
      top(
              "cache_policy",
              "cachePolicy",
              Words.choice(CachePolicy.class, policy -> policy.name().replace('_', '-')))
          .otherwise("LRU", CachePolicy.LRU);
  static final ConfigKey<Integer> MIN_RETRIEVE_TOKENS =
      top(
              "min_retrieve_tokens",
              "minRetrieveTokens",
              Numbers.wholeNumber(0, Integer.MAX_VALUE, REFUSED))
          .otherwise("0", 0);
  static final ConfigKey<Boolean> RETRIEVE_LOCATIONS =
      top("retrieve_locations", "retrieves", Words.locations()).otherwise("everywhere", true);

  static final ConfigKey<String> DEVICE_PATH =
      extra("dax.device_path", "devicePath", Words.devicePath());
  static final ConfigKey<Long> MAX_DAX_SIZE =
      extra(
              "dax.max_dax_size",
              "deviceBytes",
              Sizes.gibibytes(
                  "a number of bytes, or 0 for the whole of an existing device",
                  bytes -> bytes >= 0))
          .derived(REQUIRED, "required", config -> 0L);
  static final ConfigKey<Boolean> SPARSE =
      extra("dax.sparse", "sparse", Words.toggle()).otherwise("false", false);
  static final ConfigKey<Boolean> PREFAULT =
      extra("dax.prefault", "prefault", Words.toggle()).otherwise("true", true);
  static final ConfigKey<Boolean> LOCK_MEMORY =
      extra("dax.lock_memory", "lockMemory", Words.toggle()).otherwise("true", true);
  static final ConfigKey<Boolean> HUGE_PAGES =
      extra("dax.huge_pages", "hugePages", Words.toggle()).otherwise("true", true);
  static final ConfigKey<Integer> BLOCK_SIZE =
      extra("dax.block_size", "blockBytes", Sizes.powerOfTwoBytes(512, 1 << 30))
          .otherwise("64KiB", 64 << 10);
  static final ConfigKey<FormatPolicy> FORMAT =
      extra("dax.format", "format", Words.choice(FormatPolicy.class, ConfigKeys::hyphenated))
          .otherwise("if-empty", FormatPolicy.IF_EMPTY);
  static final ConfigKey<Boolean> ASYNC_PUT =
      extra("dax.async_put", "asyncPut", Words.lenientToggle()).otherwise("false", false);
  static final ConfigKey<DurabilityPolicy> DURABILITY =
      extra(
              "dax.durability",
              "durability",
              Words.choice(DurabilityPolicy.class, ConfigKeys::hyphenated))
          .otherwise("process", DurabilityPolicy.PROCESS);
  static final ConfigKey<Boolean> CHECKSUM =
      extra("dax.checksum", "checksum", Words.toggle()).otherwise("true", true);
  static final ConfigKey<VerifyPolicy> VERIFY =
      extra("dax.verify", "verify", Words.choice(VerifyPolicy.class, ConfigKeys::hyphenated))
          .otherwise("first-read", VerifyPolicy.FIRST_READ);
  static final ConfigKey<Long> SCRUB_RATE =
      extra("dax.scrub_rate", "scrubBytesPerSecond", Sizes.bytesPerSecond()).otherwise("0", 0L);
  static final ConfigKey<RestoreMode> RESTORE_MODE =
      extra(
              "dax.restore_mode",
              "restoreMode",
              Words.choice(RestoreMode.class, ConfigKeys::hyphenated))
          .otherwise("direct", RestoreMode.DIRECT);
  static final ConfigKey<CopyEngine> COPY_ENGINE =
      extra("dax.copy_engine", "copyEngine", Words.choice(CopyEngine.class, ConfigKeys::hyphenated))
          .otherwise("jvm", CopyEngine.JVM);
  static final ConfigKey<Integer> RESTORE_WORKERS =
      extra("dax.restore_workers", "restoreWorkers", Numbers.wholeNumber(1, 1024, CUT_OFF))
          .derived(
              NOT_NULL,
              "the number of cores, at most 8",
              config -> Math.min(8, Runtime.getRuntime().availableProcessors()));
  static final ConfigKey<Integer> RESTORE_MAX_REGIONS =
      extra("dax.restore_max_regions", "restoreMaxRegions", Numbers.wholeNumber(1, 1024, CUT_OFF))
          .derived(
              NOT_NULL,
              "twice dax.restore_workers, at most 1024",
              config -> Math.min(1024, 2 * config.get(RESTORE_WORKERS)));
  static final ConfigKey<Long> STAGING_SLAB_BYTES =
      extra("dax.retrieve_staging_slab_bytes", "stagingSlabBytes", Sizes.bytes())
          .derived(
              NOT_NULL,
              "256MiB, or 4MiB for each region if that is more",
              config ->
                  Math.max(
                      LEAST_DEFAULT_SLAB_BYTES,
                      SLAB_BYTES_PER_REGION * config.get(RESTORE_MAX_REGIONS)));
  static final ConfigKey<Duration> RESTORE_WAIT =
      extra("dax.restore_wait", "restoreWait", Durations.notNegative())
          .otherwise("30s", Duration.ofSeconds(30));
  static final ConfigKey<Double> STREAM_ARENA_SHARE =
      extra("dax.stream_arena_share", "streamArenaShare", Numbers.share()).otherwise("0.5", 0.5);
  static final ConfigKey<Duration> LEASE_MAX_AGE =
      extra("dax.lease_max_age", "leaseMaxAge", Durations.positive())
          .otherwise("5min", Duration.ofMinutes(5));
  static final ConfigKey<Integer> MAX_REQUEST_KEYS =
      extra("dax.max_request_keys", "maxRequestKeys", Numbers.wholeNumber(1, 1 << 20, REFUSED))
          .otherwise("16384", 16_384);
  static final ConfigKey<Integer> RING_SIZE =
      extra("dax.ring_size", "ringSlots", Numbers.powerOfTwo(1 << 20)).otherwise("1024", 1024);
  static final ConfigKey<Duration> CLOSE_GRACE =
      extra("dax.close_grace", "closeGrace", Durations.notNegative())
          .otherwise("10s", Duration.ofSeconds(10));

  /** Every key, in the order of the record's components. */
  static final List<ConfigKey<?>> ALL =
      List.of(
          CHUNK_SIZE,
          LOCAL_CPU,
          MAX_LOCAL_CPU_SIZE,
          CACHE_POLICY,
          MIN_RETRIEVE_TOKENS,
          RETRIEVE_LOCATIONS,
          DEVICE_PATH,
          MAX_DAX_SIZE,
          SPARSE,
          PREFAULT,
          LOCK_MEMORY,
          HUGE_PAGES,
          BLOCK_SIZE,
          FORMAT,
          ASYNC_PUT,
          DURABILITY,
          CHECKSUM,
          VERIFY,
          SCRUB_RATE,
          RESTORE_MODE,
          COPY_ENGINE,
          RESTORE_WORKERS,
          RESTORE_MAX_REGIONS,
          STAGING_SLAB_BYTES,
          RESTORE_WAIT,
          STREAM_ARENA_SHARE,
          LEASE_MAX_AGE,
          MAX_REQUEST_KEYS,
          RING_SIZE,
          CLOSE_GRACE);

  private ConfigKeys() {}

  /** How a file spells a choice. */
  private static String hyphenated(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Memory has no length that could be found out. */
  static void checkMemorySize(String devicePath, long deviceBytes) {
    if (deviceBytes == 0 && devicePath.equals(DaxfluxConfig.MEMORY)) {
      throw new ConfigException(
          MAX_DAX_SIZE.component(),
          "a number of bytes greater than 0 for " + DaxfluxConfig.MEMORY,
          "0");
    }
  }

  /** Every region in flight stages through a part of the slab of its own. */
  static void checkSlab(long slabBytes, int maxRegions) {
    long leastBytes = SLAB_BYTES_PER_REGION * maxRegions;
    if (slabBytes < leastBytes) {
      throw new ConfigException(
          STAGING_SLAB_BYTES.component(),
          "at least " + leastBytes + " bytes, 4 MiB for each of " + maxRegions + " regions",
          Long.toString(slabBytes));
    }
  }
}
