/**
 * llama.cpp as a {@code KvEngine}, called through the foreign function interface. Its library comes
 * out of the jar {@code de.kherud:llama}, of which nothing else is used.
 */
@NullMarked
package io.daxflux.examples.engine.llama;

import org.jspecify.annotations.NullMarked;
