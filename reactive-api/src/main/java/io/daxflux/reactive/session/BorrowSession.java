package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.Transfer;
import io.daxflux.store.Lease;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import reactor.core.CoreSubscriber;

/**
 * {@code borrowPrefix}: lends the consecutive hits as they lie in the arena. Chunks that have to be
 * verified are read once by the copy workers before; the prefix ends before the first that is bad.
 */
final class BorrowSession extends CopySession<BorrowedPrefix> {
  private final List<ChunkKey> keys;
  private final List<ChunkRead> reads;
  private final ChunkReads byIndex;
  private int unverified;

  BorrowSession(
      StoreLoop loop, CoreSubscriber<? super BorrowedPrefix> subscriber, List<ChunkKey> keys) {
    super(loop, subscriber);
    this.keys = keys;
    this.reads = new ArrayList<>();
    this.byIndex = new ChunkReads(keys.size());
  }

  /** Nothing is kept of what is verified. */
  @Override
  List<MemorySegment> memory() {
    return List.of();
  }

  @Override
  RegionCopier copier(Region region) {
    return loop.verifier();
  }

  @Override
  void onBegin() {
    List<Transfer> transfers = new ArrayList<>(0);
    for (Lease lease : loop.store().leasePrefix(loop.isWorthIt(keys) ? keys : List.of())) {
      ChunkRead read = loop.reader().begin(reads.size(), lease);
      reads.add(read);
      byIndex.add(read);
      if (read.isChecked()) {
        // Laid out as in the arena, so that neighbours are read as one span.
        transfers.add(read.into(0, read.lease.arenaOffset()));
        unverified++;
      }
    }
    if (unverified == 0) {
      lend();
    } else {
      enqueue(loop.plan(transfers, Order.BY_ARENA));
    }
  }

  @Override
  void onResult(CopyResult result) {
    byIndex.note(result);
  }

  @Override
  void onCopied(Region region) {
    byIndex.account(region, _ -> unverified--);
    if (unverified == 0) {
      lend();
    }
  }

  private void lend() {
    int good = 0;
    while (good < reads.size() && isGood(reads.get(good))) {
      good++;
    }
    List<ChunkRead> bad = List.copyOf(reads.subList(good, reads.size()));
    bad.forEach(read -> loop.reader().abandon(read, OutputOwner.NONE));
    reads.subList(good, reads.size()).clear();
    List<Lease> leases = new ArrayList<>(good);
    for (ChunkRead read : reads) {
      if (read.isChecked()) {
        loop.store().verified(read.lease);
      }
      leases.add(read.lease);
    }
    BorrowHandle handle = loop.handles().handedOut(new BorrowHandle(loop, leases));
    reads.clear();
    loop.counters().lent(good, keys.size());
    // Ended before it is told, so that whoever asks next no longer finds this one.
    finish();
    outbox.offer(handle);
    outbox.complete();
  }

  private static boolean isGood(ChunkRead read) {
    return !read.isChecked() || read.isWhole();
  }

  @Override
  void giveBackAll() {
    reads.forEach(read -> loop.reader().abandon(read, OutputOwner.NONE));
    reads.clear();
  }
}
