package io.daxflux.perf.race;

import java.util.Locale;

/** What is measured of a visit. */
public enum Work {
  /** All chunks of a request, in output memory. */
  RESTORE(Unit.GIGABYTES_PER_SECOND),
  /** The same, in a race against verified ones. */
  UNVERIFIED_RESTORE(Unit.GIGABYTES_PER_SECOND),
  /** The same, compared with checksums on the way. */
  VERIFIED_RESTORE(Unit.GIGABYTES_PER_SECOND),
  /** Chunk after chunk. */
  STREAM(Unit.GIGABYTES_PER_SECOND),
  /** The chunks where they lie. */
  BORROW(Unit.MICROSECONDS),
  /** All chunks of a request, stored. */
  PUT(Unit.GIGABYTES_PER_SECOND);

  private final Unit unit;

  Work(Unit unit) {
    this.unit = unit;
  }

  /** In what it is measured. */
  public Unit unit() {
    return unit;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Units of figures. */
  public enum Unit {
    /** 10^9 bytes a second. */
    GIGABYTES_PER_SECOND("GB/s"),
    /** Microseconds a request. */
    MICROSECONDS("µs");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    @Override
    public String toString() {
      return symbol;
    }
  }
}
