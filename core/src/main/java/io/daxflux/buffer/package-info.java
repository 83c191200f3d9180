/**
 * Output memory: one contiguous mapping, handed out in batches that lie in as few runs as can be,
 * and counted references to what was handed out.
 */
@NullMarked
package io.daxflux.buffer;

import org.jspecify.annotations.NullMarked;
