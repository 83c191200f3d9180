package io.daxflux.store;

import io.daxflux.config.CachePolicy;
import java.util.function.LongSupplier;

/**
 * What a store is made with.
 *
 * @param layout how the device is divided
 * @param checked whether chunks are stored with checksums
 * @param mediaGeneration how often the device was opened, as its records tell; 0 without records
 * @param cachePolicy which entry makes room
 * @param observer is told what happens
 * @param journal keeps the records
 * @param nanoTime the clock that leases are dated by
 * @param epochMs the clock that expiries are dated by
 */
public record StoreSetup(
    ArenaLayout layout,
    boolean checked,
    long mediaGeneration,
    CachePolicy cachePolicy,
    StoreObserver observer,
    Journal journal,
    LongSupplier nanoTime,
    LongSupplier epochMs) {}
