package io.daxflux.perf.race;

/**
 * What a contender's turns took.
 *
 * @param figures in the unit of its work
 * @param firstChunkUs microseconds to the first chunk, of every request
 * @param slowest the slowest caller's time divided by the mean of all
 */
public record Finish(Contender contender, Samples figures, Samples firstChunkUs, Samples slowest) {
  Finish(Contender contender) {
    this(contender, new Samples(), new Samples(), new Samples());
  }
}
