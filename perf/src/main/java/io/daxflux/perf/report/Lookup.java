package io.daxflux.perf.report;

import io.daxflux.perf.race.Samples;
import io.daxflux.perf.race.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds figures in the rows of a run; what was not measured is empty. */
final class Lookup {
  private final List<Row> rows;

  Lookup(List<Row> rows) {
    this.rows = rows;
  }

  private Optional<Row> row(Key key) {
    return rows.stream().filter(row -> row.isMeasured() && key.fits(row)).findFirst();
  }

  Optional<Spread> figure(Key key) {
    return row(key).map(Row::spread);
  }

  /** How many times the other: round by round where both had their turns in the same rounds. */
  Optional<Spread> ratio(Key one, Key other) {
    return row(one).flatMap(above -> row(other).map(below -> ratio(above, below)));
  }

  /** How many times the best of the others. */
  Optional<Spread> ratioToBest(Key one, Key... others) {
    return row(one)
        .flatMap(
            above ->
                Stream.of(others)
                    .flatMap(other -> row(other).stream())
                    .max(Comparator.comparing(Row::median))
                    .map(below -> ratio(above, below)));
  }

  private static Spread ratio(Row above, Row below) {
    if (above.sharesRoundsWith(below)) {
      return Samples.of(above.rounds()).dividedBy(Samples.of(below.rounds())).spread();
    }
    // No more is known than that each quartile may meet the other's opposite.
    Spread one = above.spread();
    Spread other = below.spread();
    return new Spread(
        Math.min(one.count(), other.count()),
        one.min() / other.max(),
        one.q1() / other.q3(),
        one.median() / other.median(),
        one.q3() / other.q1(),
        one.max() / other.min(),
        one.max() / other.min());
  }

  /** Of two that were counted once. */
  Optional<Spread> sum(Key one, Key other) {
    return row(one)
        .flatMap(first -> row(other).map(second -> Spread.of(first.median() + second.median())));
  }
}
