/**
 * Planning and copying: which bytes one worker moves as a region, and how it moves them. The
 * planner is a pure function; the copiers are plain, synchronous and stateless. Puts travel the
 * same way in the other direction. Transfers that name their {@link
 * io.daxflux.restore.CheckedPayload} are checksummed on their way, whichever it is.
 */
@NullMarked
package io.daxflux.restore;

import org.jspecify.annotations.NullMarked;
