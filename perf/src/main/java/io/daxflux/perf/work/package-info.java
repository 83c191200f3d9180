/** What is measured: each work makes the rows of its table. */
@NullMarked
package io.daxflux.perf.work;

import org.jspecify.annotations.NullMarked;
