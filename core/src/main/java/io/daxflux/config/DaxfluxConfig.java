package io.daxflux.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a store is to be set up.
 *
 * <p>Made by {@link #builder}, or by {@link #fromMap} from LMCache's names. Immutable and checked:
 * however an instance came to be, its values are in range and fit each other. Whether the device
 * exists and is large enough shows when it is opened.
 *
 * @param chunkTokens how many tokens a full chunk covers
 * @param localCpu whether restored chunks are to be kept in memory; true is not yet in effect
 * @param outputBudgetBytes how much memory restored chunks may take before they are released, in
 *     bytes
 * @param cachePolicy which entry makes room when the arena is full
 * @param minRetrieveTokens the shortest prefix that counts as a hit, in tokens
 * @param retrieves whether anything is retrieved at all; false makes every lookup a miss
 * @param devicePath a device-dax node, a file, or {@link #MEMORY}; relative paths are relative to
 *     the working directory
 * @param deviceBytes the device's length in bytes, metadata included; 0 for the whole of an
 *     existing device or file
 * @param sparse whether a new file is left to be allocated as it is written, instead of at once
 * @param prefault whether output memory, and a device that lies in memory, is touched in the
 *     background after it is opened
 * @param lockMemory whether output memory, and the staging slab where restores go through it, is
 *     locked where the system permits
 * @param hugePages whether huge pages are asked for, for output and staging memory and a device
 *     that is anonymous memory
 * @param blockBytes the unit of arena space, in bytes; a power of two
 * @param format whether the device is formatted when it is opened, which gives up what it holds
 * @param asyncPut whether a put is acknowledged on acceptance instead of on commit
 * @param durability what a committed chunk is to survive, where the device can do it
 * @param checksum whether chunks are stored with checksums of their bytes
 * @param verify when restored bytes are compared with their checksums, where they have some
 * @param scrubBytesPerSecond how many stored bytes a second are verified in the background; 0 for
 *     none
 * @param restoreMode how bytes travel from the arena to the outputs
 * @param copyEngine what copies between the arena and memory
 * @param restoreWorkers how many threads copy
 * @param restoreMaxRegions how many regions may be in flight in the whole store
 * @param stagingSlabBytes the length of the staging slab in bytes, at least 4 MiB for each region
 * @param restoreWait how long a stream waits for output memory before it ends with what it has
 * @param streamArenaShare the share of the arena that one stream may hold, greater than 0 and at
 *     most 1
 * @param leaseMaxAge how long a stream that holds leases may be asked for nothing before it is
 *     ended
 * @param maxRequestKeys the most keys that one request may name
 * @param ringSlots how many requests may wait for the store's thread; a power of two
 * @param closeGrace how long a close waits for what is running before it cancels it
 * @param ignoredKeys the keys of the file that mean nothing here, in the file's order
 */
public record DaxfluxConfig(
    int chunkTokens,
    boolean localCpu,
    long outputBudgetBytes,
    CachePolicy cachePolicy,
    int minRetrieveTokens,
    boolean retrieves,
    String devicePath,
    long deviceBytes,
    boolean sparse,
    boolean prefault,
    boolean lockMemory,
    boolean hugePages,
    int blockBytes,
    FormatPolicy format,
    boolean asyncPut,
    DurabilityPolicy durability,
    boolean checksum,
    VerifyPolicy verify,
    long scrubBytesPerSecond,
    RestoreMode restoreMode,
    CopyEngine copyEngine,
    int restoreWorkers,
    int restoreMaxRegions,
    long stagingSlabBytes,
    Duration restoreWait,
    double streamArenaShare,
    Duration leaseMaxAge,
    int maxRequestKeys,
    int ringSlots,
    Duration closeGrace,
    List<String> ignoredKeys) {
  /** The {@code devicePath} that stands for anonymous memory, which is gone after close. */
  public static final String MEMORY = "memory:";

  /**
   * Checks every component. Prefer {@link #builder}, which names what it sets.
   *
   * @throws ConfigException naming the first component that cannot be used
   */
  public DaxfluxConfig {
    ConfigKeys.CHUNK_SIZE.check(chunkTokens);
    ConfigKeys.MAX_LOCAL_CPU_SIZE.check(outputBudgetBytes);
    ConfigKeys.CACHE_POLICY.check(cachePolicy);
    ConfigKeys.MIN_RETRIEVE_TOKENS.check(minRetrieveTokens);
    ConfigKeys.DEVICE_PATH.check(devicePath);
    ConfigKeys.MAX_DAX_SIZE.check(deviceBytes);
    ConfigKeys.BLOCK_SIZE.check(blockBytes);
    ConfigKeys.FORMAT.check(format);
    ConfigKeys.DURABILITY.check(durability);
    ConfigKeys.VERIFY.check(verify);
    ConfigKeys.SCRUB_RATE.check(scrubBytesPerSecond);
    ConfigKeys.RESTORE_MODE.check(restoreMode);
    ConfigKeys.COPY_ENGINE.check(copyEngine);
    ConfigKeys.RESTORE_WORKERS.check(restoreWorkers);
    ConfigKeys.RESTORE_MAX_REGIONS.check(restoreMaxRegions);
    ConfigKeys.STAGING_SLAB_BYTES.check(stagingSlabBytes);
    ConfigKeys.RESTORE_WAIT.check(restoreWait);
    ConfigKeys.STREAM_ARENA_SHARE.check(streamArenaShare);
    ConfigKeys.LEASE_MAX_AGE.check(leaseMaxAge);
    ConfigKeys.MAX_REQUEST_KEYS.check(maxRequestKeys);
    ConfigKeys.RING_SIZE.check(ringSlots);
    ConfigKeys.CLOSE_GRACE.check(closeGrace);
    ConfigKeys.checkMemorySize(devicePath, deviceBytes);
    ConfigKeys.checkSlab(stagingSlabBytes, restoreMaxRegions);
    ignoredKeys = List.copyOf(ignoredKeys);
  }

  /** A builder with nothing set. */
  public static ConfigBuilder builder() {
    return new ConfigBuilder();
  }

  /**
   * Reads a configuration of LMCache's names: some at the top, others in a map under {@code
   * extra_config}. Values are what a YAML or JSON parser makes of them: text, numbers, booleans,
   * lists, maps and null. {@code docs/configuration.md} has the keys.
   *
   * @param map the configuration; not kept
   * @throws ConfigException naming the first key that is missing, unknown under {@code dax.}, or
   *     holds what it cannot
   */
  public static DaxfluxConfig fromMap(Map<String, ?> map) {
    return ConfigMapReader.read(map);
  }

  /** Whether the device is anonymous memory. */
  public boolean inMemory() {
    return devicePath.equals(MEMORY);
  }

  /**
   * What the reader of a log should know about this configuration, a line each: settings that are
   * not yet in effect or switch the store off, and keys that were ignored.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (localCpu) {
      notes.add("local_cpu: true is not yet in effect; restored chunks are not kept in memory");
    }
    if (!retrieves) {
      notes.add("retrieve_locations is without dax; nothing will be retrieved");
    }
    if (!ignoredKeys.isEmpty()) {
      notes.add("keys without a meaning here, ignored: " + String.join(", ", ignoredKeys));
    }
    return List.copyOf(notes);
  }
}
