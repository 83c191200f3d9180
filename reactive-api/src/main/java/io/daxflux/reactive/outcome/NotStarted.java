package io.daxflux.reactive.outcome;

/**
 * There is no place for the chunk, or it is not wanted: nothing is held for it.
 *
 * @param outcome why; the put has ended with it
 */
public record NotStarted(PutOutcome outcome) implements PutStart {}
