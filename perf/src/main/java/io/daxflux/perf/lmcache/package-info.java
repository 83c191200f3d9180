/**
 * LMCache's two ways to restore, as contenders: over the arena of the {@link
 * io.daxflux.perf.ground.Ground}, into its outputs. What they do is {@code
 * io.daxflux.examples.lmcache}'s.
 */
@NullMarked
package io.daxflux.perf.lmcache;

import org.jspecify.annotations.NullMarked;
