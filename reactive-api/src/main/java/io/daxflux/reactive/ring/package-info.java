/**
 * The way to the store's thread. Requests come over an LMAX Disruptor ring, which may be full; what
 * gives something back comes over a queue that never is.
 *
 * <p><em>The store's thread</em> is whichever thread serves the store at the moment: one at a time,
 * and each sees all that those before it did.
 */
@NullMarked
package io.daxflux.reactive.ring;

import org.jspecify.annotations.NullMarked;
