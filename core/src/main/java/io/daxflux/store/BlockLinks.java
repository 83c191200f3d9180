package io.daxflux.store;

import io.daxflux.extent.ExtentLinks;
import org.jspecify.annotations.Nullable;

/** Where payloads lie among the blocks of the arena. */
final class BlockLinks implements ExtentLinks<Entry> {
  @Override
  public long blocks(Entry entry) {
    return entry.form().blocks();
  }

  @Override
  public long firstBlock(Entry entry) {
    return entry.firstBlock;
  }

  @Override
  public @Nullable Entry previous(Entry entry) {
    return entry.blocksBefore;
  }

  @Override
  public @Nullable Entry next(Entry entry) {
    return entry.blocksBehind;
  }

  @Override
  public void setFirstBlock(Entry entry, long firstBlock) {
    entry.firstBlock = firstBlock;
  }

  @Override
  public void setPrevious(Entry entry, @Nullable Entry previous) {
    entry.blocksBefore = previous;
  }

  @Override
  public void setNext(Entry entry, @Nullable Entry next) {
    entry.blocksBehind = next;
  }
}
