/** Which parts of a payload are checked, and by what. */
@NullMarked
package io.daxflux.checksum;

import org.jspecify.annotations.NullMarked;
