/**
 * The reactive store. {@link io.daxflux.reactive.ReactiveChunkStore} is where everything starts:
 * open one, put chunks, restore prefixes, close it. {@link io.daxflux.reactive.StoreBuilder} opens
 * one over a device or a scheduler of the caller's, {@link io.daxflux.reactive.DaxfluxYaml} reads
 * its configuration from a file.
 *
 * <p>What goes in is in core's {@code io.daxflux.chunk}, what comes out in {@link
 * io.daxflux.reactive.outcome}.
 */
@NullMarked
package io.daxflux.reactive;

import org.jspecify.annotations.NullMarked;
