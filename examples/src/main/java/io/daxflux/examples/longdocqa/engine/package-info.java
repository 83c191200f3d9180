/**
 * {@code LongDocQa --engine llama}: the same job on a real engine. In the order of reading: {@code
 * EngineRun} is the run from top to bottom; {@code Prompts} makes text into documents with
 * questions; {@code Lanes} answer them, along one of the {@code Routes}; {@code Exactness} compares
 * every answer with the computed one; {@code FlippedBit} and {@code Restart} are the hard cases;
 * {@code EngineReport} and {@code EngineTable} say what it took.
 */
@NullMarked
package io.daxflux.examples.longdocqa.engine;

import org.jspecify.annotations.NullMarked;
