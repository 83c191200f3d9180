@NullMarked
package io.daxflux.store;

import org.jspecify.annotations.NullMarked;
