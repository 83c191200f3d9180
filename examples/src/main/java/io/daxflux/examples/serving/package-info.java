/** What {@code docs/serving.md} shows: how a serving team composes the store with its engine. */
@NullMarked
package io.daxflux.examples.serving;

import org.jspecify.annotations.NullMarked;
