package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.util.List;

/** A prefix that was lent. */
final class BorrowedPrefixHandle extends BorrowHandle implements BorrowedPrefix {
  BorrowedPrefixHandle(StoreLoop loop, List<ChunkRead> reads) {
    super(loop, reads);
  }

  @Override
  public String toString() {
    return "borrowed prefix of " + size() + " chunks";
  }
}
