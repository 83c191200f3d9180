package io.daxflux.config;

import java.time.Duration;
import java.util.List;

/** Contract placeholder: replaced by the validated record. */
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
    int blockBytes,
    boolean asyncPut,
    RestoreMode restoreMode,
    int restoreWorkers,
    int restoreMaxRegions,
    long stagingSlabBytes,
    Duration restoreWait,
    double streamArenaShare,
    Duration leaseMaxAge,
    int maxRequestKeys,
    int ringSlots,
    Duration closeGrace,
    List<String> ignoredKeys) {}
