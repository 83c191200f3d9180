/** JMH benchmarks of single steps. What they allocate is shown by {@code -prof gc}. */
@NullMarked
package io.daxflux.perf.kernel;

import org.jspecify.annotations.NullMarked;
