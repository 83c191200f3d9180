/** The configuration: one immutable, validated record under LMCache's names. */
@NullMarked
package io.daxflux.config;

import org.jspecify.annotations.NullMarked;
