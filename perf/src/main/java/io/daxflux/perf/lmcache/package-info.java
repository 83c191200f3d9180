/**
 * LMCache's two ways to restore, re-built: chunk by chunk, and by waves of regions through a slab.
 * They read the arena of the {@link io.daxflux.perf.ground.Ground} and write to its outputs.
 */
@NullMarked
package io.daxflux.perf.lmcache;

import org.jspecify.annotations.NullMarked;
