package io.daxflux.perf.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds figures in the rows of a run; what was not measured is empty. */
final class Lookup {
  private final List<Row> rows;

  Lookup(List<Row> rows) {
    this.rows = rows;
  }

  private Optional<Row> row(Key key) {
    return rows.stream().filter(row -> row.isMeasured() && key.fits(row)).findFirst();
  }

  OptionalDouble median(Key key) {
    return row(key).map(row -> OptionalDouble.of(row.median())).orElseGet(OptionalDouble::empty);
  }

  /** The share of its floor, as the run has it. */
  OptionalDouble share(Key key) {
    return row(key)
        .filter(row -> row.shareOfFloor() != null)
        .map(row -> OptionalDouble.of(row.shareOfFloor()))
        .orElseGet(OptionalDouble::empty);
  }

  OptionalDouble ratio(Key one, Key other) {
    OptionalDouble above = median(one);
    OptionalDouble below = median(other);
    return above.isPresent() && below.isPresent()
        ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
        : OptionalDouble.empty();
  }

  OptionalDouble sum(Key one, Key other) {
    OptionalDouble first = median(one);
    OptionalDouble second = median(other);
    return first.isPresent() && second.isPresent()
        ? OptionalDouble.of(first.getAsDouble() + second.getAsDouble())
        : OptionalDouble.empty();
  }
}
