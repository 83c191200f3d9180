/**
 * What all contenders share: documents of known bytes, the arena in which they lie, and the memory
 * that they are brought to.
 */
@NullMarked
package io.daxflux.perf.ground;

import org.jspecify.annotations.NullMarked;
