/**
 * The {@code daxflux} command: serves, formats, inspects, verifies and measures stores. Each
 * subcommand is a class of its own; what they share are options and the way in which they fail: one
 * line and an exit code.
 */
@NullMarked
package io.daxflux.cli;

import org.jspecify.annotations.NullMarked;
