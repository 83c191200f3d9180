@NullMarked
package io.daxflux.buffer;

import org.jspecify.annotations.NullMarked;
