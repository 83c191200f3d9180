/** What needs a JVM of its own: programs that measure one thing, print it as JSON, and end. */
@NullMarked
package io.daxflux.perf.probe;

import org.jspecify.annotations.NullMarked;
