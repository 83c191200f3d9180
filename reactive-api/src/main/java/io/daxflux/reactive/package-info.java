/**
 * The reactive store. {@link io.daxflux.reactive.ReactiveChunkStore} is where everything starts:
 * open one, put chunks, restore prefixes, close it.
 */
@NullMarked
package io.daxflux.reactive;

import org.jspecify.annotations.NullMarked;
