/** Servers in processes of their own, and a client that costs as little as it can. */
@NullMarked
package io.daxflux.perf.served;

import org.jspecify.annotations.NullMarked;
