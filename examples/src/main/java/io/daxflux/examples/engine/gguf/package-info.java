/**
 * A model to run where none is at hand: {@code RandomModel} writes a GGUF file of the llama
 * architecture whose weights are random, but the same everywhere.
 */
@NullMarked
package io.daxflux.examples.engine.gguf;

import org.jspecify.annotations.NullMarked;
