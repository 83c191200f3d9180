/**
 * The configuration: one immutable, validated record ({@link io.daxflux.config.DaxfluxConfig}) from
 * a builder or from a map of LMCache's names. One table of keys tells both, and the record, what an
 * option may hold.
 */
@NullMarked
package io.daxflux.config;

import org.jspecify.annotations.NullMarked;
