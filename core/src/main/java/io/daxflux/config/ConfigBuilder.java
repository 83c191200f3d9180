package io.daxflux.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects options by name; {@link #build} checks them all at once.
 *
 * <p>Only {@link #devicePath} is needed, and {@link #deviceBytes} with {@code memory:}; what the
 * others are when nobody says is in {@code docs/configuration.md}, and what each of them means is
 * with the component of {@link DaxfluxConfig} of the same name. Setting an option twice fails with
 * {@link ConfigException}. For one thread at a time; the configurations it builds are immutable and
 * owe it nothing.
 */
public final class ConfigBuilder {
  private final Map<ConfigKey<?>, Object> values = new HashMap<>();
  private List<String> ignoredKeys = List.of();

  ConfigBuilder() {}

  /** Sets how many tokens a full chunk covers, at least 1. */
  public ConfigBuilder chunkTokens(int tokens) {
    return set(ConfigKeys.CHUNK_SIZE, tokens);
  }

  /** Sets whether restored chunks are to be kept in memory; true is not yet in effect. */
  public ConfigBuilder localCpu(boolean kept) {
    return set(ConfigKeys.LOCAL_CPU, kept);
  }

  /** Sets how much memory restored chunks may take, in bytes. */
  public ConfigBuilder outputBudgetBytes(long bytes) {
    return set(ConfigKeys.MAX_LOCAL_CPU_SIZE, bytes);
  }

  /** Sets which entry makes room when the arena is full. */
  public ConfigBuilder cachePolicy(CachePolicy policy) {
    return set(ConfigKeys.CACHE_POLICY, policy);
  }

  /** Sets the shortest prefix that counts as a hit, in tokens. */
  public ConfigBuilder minRetrieveTokens(int tokens) {
    return set(ConfigKeys.MIN_RETRIEVE_TOKENS, tokens);
  }

  /** Sets whether anything is retrieved at all. */
  public ConfigBuilder retrieves(boolean retrieves) {
    return set(ConfigKeys.RETRIEVE_LOCATIONS, retrieves);
  }

  /** Sets the device: a device-dax node, a file, or {@link DaxfluxConfig#MEMORY}. */
  public ConfigBuilder devicePath(String path) {
    return set(ConfigKeys.DEVICE_PATH, path);
  }

  /** Sets the device's length in bytes, metadata included; 0 for the whole of an existing one. */
  public ConfigBuilder deviceBytes(long bytes) {
    return set(ConfigKeys.MAX_DAX_SIZE, bytes);
  }

  /** Sets whether a new file is left to be allocated as it is written. */
  public ConfigBuilder sparse(boolean sparse) {
    return set(ConfigKeys.SPARSE, sparse);
  }

  /** Sets whether output memory, and a device that lies in memory, is touched after opening. */
  public ConfigBuilder prefault(boolean prefault) {
    return set(ConfigKeys.PREFAULT, prefault);
  }

  /** Sets whether output and staging memory is locked where the system permits. */
  public ConfigBuilder lockMemory(boolean locked) {
    return set(ConfigKeys.LOCK_MEMORY, locked);
  }

  /** Sets whether huge pages are asked for, for memory of the store's own. */
  public ConfigBuilder hugePages(boolean asked) {
    return set(ConfigKeys.HUGE_PAGES, asked);
  }

  /** Sets the unit of arena space: a power of two of at least 512 bytes. */
  public ConfigBuilder blockBytes(int bytes) {
    return set(ConfigKeys.BLOCK_SIZE, bytes);
  }

  /** Sets whether a device is formatted when it is opened. */
  public ConfigBuilder format(FormatPolicy policy) {
    return set(ConfigKeys.FORMAT, policy);
  }

  /** Sets whether a put is acknowledged on acceptance instead of on commit. */
  public ConfigBuilder asyncPut(boolean async) {
    return set(ConfigKeys.ASYNC_PUT, async);
  }

  /** Sets what a committed chunk is to survive. */
  public ConfigBuilder durability(DurabilityPolicy policy) {
    return set(ConfigKeys.DURABILITY, policy);
  }

  /** Sets whether chunks are stored with checksums of their bytes. */
  public ConfigBuilder checksum(boolean stored) {
    return set(ConfigKeys.CHECKSUM, stored);
  }

  /** Sets when restored bytes are compared with their checksums. */
  public ConfigBuilder verify(VerifyPolicy policy) {
    return set(ConfigKeys.VERIFY, policy);
  }

  /** Sets how many stored bytes a second are verified in the background; 0 for none. */
  public ConfigBuilder scrubBytesPerSecond(long bytes) {
    return set(ConfigKeys.SCRUB_RATE, bytes);
  }

  /** Sets how bytes travel from the arena to the outputs. */
  public ConfigBuilder restoreMode(RestoreMode mode) {
    return set(ConfigKeys.RESTORE_MODE, mode);
  }

  /** Sets what copies between the arena and memory. */
  public ConfigBuilder copyEngine(CopyEngine engine) {
    return set(ConfigKeys.COPY_ENGINE, engine);
  }

  /** Sets how many threads copy, from 1 to 1024. */
  public ConfigBuilder restoreWorkers(int workers) {
    return set(ConfigKeys.RESTORE_WORKERS, workers);
  }

  /** Sets how many regions may be in flight in the whole store, from 1 to 1024. */
  public ConfigBuilder restoreMaxRegions(int regions) {
    return set(ConfigKeys.RESTORE_MAX_REGIONS, regions);
  }

  /** Sets the length of the staging slab in bytes, at least 4 MiB for each region. */
  public ConfigBuilder stagingSlabBytes(long bytes) {
    return set(ConfigKeys.STAGING_SLAB_BYTES, bytes);
  }

  /** Sets how long a stream waits for output memory before it ends with what it has. */
  public ConfigBuilder restoreWait(Duration wait) {
    return set(ConfigKeys.RESTORE_WAIT, wait);
  }

  /** Sets the share of the arena that one stream may hold, greater than 0 and at most 1. */
  public ConfigBuilder streamArenaShare(double share) {
    return set(ConfigKeys.STREAM_ARENA_SHARE, share);
  }

  /** Sets how long a stream that holds leases may be asked for nothing. */
  public ConfigBuilder leaseMaxAge(Duration age) {
    return set(ConfigKeys.LEASE_MAX_AGE, age);
  }

  /** Sets the most keys that one request may name. */
  public ConfigBuilder maxRequestKeys(int keys) {
    return set(ConfigKeys.MAX_REQUEST_KEYS, keys);
  }

  /** Sets how many requests may wait for the store's thread: a power of two. */
  public ConfigBuilder ringSlots(int slots) {
    return set(ConfigKeys.RING_SIZE, slots);
  }

  /** Sets how long a close waits for what is running before it cancels it. */
  public ConfigBuilder closeGrace(Duration grace) {
    return set(ConfigKeys.CLOSE_GRACE, grace);
  }

  /**
   * The configuration.
   *
   * @throws ConfigException naming the first option that is missing or cannot be used
   */
  public DaxfluxConfig build() {
    return new DaxfluxConfig(
        get(ConfigKeys.CHUNK_SIZE),
        get(ConfigKeys.LOCAL_CPU),
        get(ConfigKeys.MAX_LOCAL_CPU_SIZE),
        get(ConfigKeys.CACHE_POLICY),
        get(ConfigKeys.MIN_RETRIEVE_TOKENS),
        get(ConfigKeys.RETRIEVE_LOCATIONS),
        get(ConfigKeys.DEVICE_PATH),
        get(ConfigKeys.MAX_DAX_SIZE),
        get(ConfigKeys.SPARSE),
        get(ConfigKeys.PREFAULT),
        get(ConfigKeys.LOCK_MEMORY),
        get(ConfigKeys.HUGE_PAGES),
        get(ConfigKeys.BLOCK_SIZE),
        get(ConfigKeys.FORMAT),
        get(ConfigKeys.ASYNC_PUT),
        get(ConfigKeys.DURABILITY),
        get(ConfigKeys.CHECKSUM),
        get(ConfigKeys.VERIFY),
        get(ConfigKeys.SCRUB_RATE),
        get(ConfigKeys.RESTORE_MODE),
        get(ConfigKeys.COPY_ENGINE),
        get(ConfigKeys.RESTORE_WORKERS),
        get(ConfigKeys.RESTORE_MAX_REGIONS),
        get(ConfigKeys.STAGING_SLAB_BYTES),
        get(ConfigKeys.RESTORE_WAIT),
        get(ConfigKeys.STREAM_ARENA_SHARE),
        get(ConfigKeys.LEASE_MAX_AGE),
        get(ConfigKeys.MAX_REQUEST_KEYS),
        get(ConfigKeys.RING_SIZE),
        get(ConfigKeys.CLOSE_GRACE),
        ignoredKeys);
  }

  ConfigBuilder ignoredKeys(List<String> keys) {
    ignoredKeys = keys;
    return this;
  }

  <T> ConfigBuilder set(ConfigKey<T> key, @Nullable T value) {
    if (value == null) {
      throw new ConfigException(key.component(), key.kind().expectedTyped(), "null");
    }
    if (values.putIfAbsent(key, value) != null) {
      throw new ConfigException(
          key.component(), "to be set once", "a second value, " + Found.describe(value));
    }
    return this;
  }

  /** What was set, or what follows when nothing was. */
  @SuppressWarnings("unchecked") // set() puts nothing but a T under a ConfigKey<T>
  <T> T get(ConfigKey<T> key) {
    Object value = values.get(key);
    return value == null ? key.fallback().apply(this) : (T) value;
  }
}
