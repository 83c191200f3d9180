package io.daxflux.store;

import io.daxflux.extent.ExtentLinks;
import org.jspecify.annotations.Nullable;

/** Where records lie among the units of the record area. */
final class UnitLinks implements ExtentLinks<Entry> {
  @Override
  public long blocks(Entry entry) {
    return entry.form().units();
  }

  @Override
  public long firstBlock(Entry entry) {
    return entry.firstUnit;
  }

  @Override
  public @Nullable Entry previous(Entry entry) {
    return entry.unitsBefore;
  }

  @Override
  public @Nullable Entry next(Entry entry) {
    return entry.unitsBehind;
  }

  @Override
  public void setFirstBlock(Entry entry, long firstUnit) {
    entry.firstUnit = firstUnit;
  }

  @Override
  public void setPrevious(Entry entry, @Nullable Entry previous) {
    entry.unitsBefore = previous;
  }

  @Override
  public void setNext(Entry entry, @Nullable Entry next) {
    entry.unitsBehind = next;
  }
}
