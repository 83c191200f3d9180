/** What the memory allows: the bytes copied, and nothing else done. */
@NullMarked
package io.daxflux.perf.floor;

import org.jspecify.annotations.NullMarked;
