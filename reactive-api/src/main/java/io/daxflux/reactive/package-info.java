/** The public API of daxflux. */
@NullMarked
package io.daxflux.reactive;

import org.jspecify.annotations.NullMarked;
