/** What daxflux does, by its public API. */
@NullMarked
package io.daxflux.perf.store;

import org.jspecify.annotations.NullMarked;
