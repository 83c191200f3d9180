package io.daxflux.store;

import io.daxflux.extent.ExtentLinks;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the arena, in the record area, or in both. The links are those of the two spaces,
 * {@link BlockLinks} and {@link UnitLinks}, so that a place costs no further objects.
 */
abstract class Placed extends Evictable {
  /** The first of the payload's blocks; nowhere where it lies in its record. */
  long firstBlock = ExtentLinks.NOWHERE;

  /** The entry whose blocks lie nearest before the payload's. */
  @Nullable Entry blocksBefore;

  /** The entry whose blocks lie nearest behind them. */
  @Nullable Entry blocksBehind;

  /** The first of the record's units; nowhere where no records are kept. */
  long firstUnit = ExtentLinks.NOWHERE;

  /** The entry whose units lie nearest before the record's. */
  @Nullable Entry unitsBefore;

  /** The entry whose units lie nearest behind them. */
  @Nullable Entry unitsBehind;

  /** What it takes. */
  abstract Form form();

  /** Whether it has a place for a record. */
  final boolean hasRecord() {
    return firstUnit >= 0;
  }
}
