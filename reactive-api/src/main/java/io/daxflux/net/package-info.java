/**
 * Servers over any {@link io.daxflux.reactive.ReactiveChunkStore}: what is common to all of them.
 * Each protocol has a package of its own, with the class that binds it.
 */
@NullMarked
package io.daxflux.net;

import org.jspecify.annotations.NullMarked;
