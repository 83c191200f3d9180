package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.store.Lease;
import java.util.List;
import reactor.core.CoreSubscriber;

/**
 * {@code borrowPrefix}: lends the consecutive hits as they lie in the arena, up to the first that
 * was found to be bad.
 */
final class BorrowSession extends LendSession<BorrowedPrefix> {
  private final List<ChunkKey> keys;

  BorrowSession(
      StoreLoop loop, CoreSubscriber<? super BorrowedPrefix> subscriber, List<ChunkKey> keys) {
    super(loop, subscriber, keys.size());
    this.keys = keys;
  }

  @Override
  void onBegin() {
    int index = 0;
    for (Lease lease : loop.store().leasePrefix(loop.isWorthIt(keys) ? keys : List.of())) {
      add(loop.reader().begin(index++, lease));
    }
    verify();
  }

  @Override
  void lend(List<ChunkRead> verified) {
    int good = 0;
    while (good < verified.size() && isGood(verified.get(good))) {
      good++;
    }
    List<ChunkRead> bad = List.copyOf(verified.subList(good, verified.size()));
    verified.subList(good, verified.size()).clear();
    bad.forEach(this::drop);
    List<ChunkRead> lent = List.copyOf(verified);
    BorrowedPrefix handle = handOut(lent, new BorrowedPrefixHandle(loop, lent));
    loop.counters().lent(good, good < keys.size() ? 1 : 0);
    // Ended before it is told, so that whoever asks next no longer finds this one.
    finish();
    outbox.offer(handle);
    outbox.complete();
  }
}
