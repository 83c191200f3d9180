/** Stores that a user might pick instead, as their own documents advise to set them up. */
@NullMarked
package io.daxflux.perf.peer;

import org.jspecify.annotations.NullMarked;
