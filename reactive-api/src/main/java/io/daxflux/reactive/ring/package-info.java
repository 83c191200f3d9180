/**
 * The way to the store's thread. Requests come over an LMAX Disruptor ring, which may be full; what
 * gives something back comes over a queue that never is. Both wake the one consumer.
 */
@NullMarked
package io.daxflux.reactive.ring;

import org.jspecify.annotations.NullMarked;
