/**
 * Space, cut into blocks and handed out in contiguous runs. The arena of the store and the output
 * memory of restores are divided by the same code: {@link io.daxflux.extent.ExtentSpace}.
 */
@NullMarked
package io.daxflux.extent;

import org.jspecify.annotations.NullMarked;
