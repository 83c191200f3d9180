/**
 * LMCache's two ways to restore, rebuilt over any memory: chunk by chunk, and by waves of regions
 * through a slab. They stand beside daxflux where it is measured, here and in the comparisons.
 */
@NullMarked
package io.daxflux.examples.lmcache;

import org.jspecify.annotations.NullMarked;
