/** Contenders taken in turn, on the same bytes, with every byte that they deliver checked. */
@NullMarked
package io.daxflux.perf.race;

import org.jspecify.annotations.NullMarked;
