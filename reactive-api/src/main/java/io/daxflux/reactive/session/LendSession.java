package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.Transfer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import reactor.core.CoreSubscriber;

/**
 * A session that lends chunks where they lie. Those that have to be verified are read once by the
 * copy workers before.
 *
 * @param <T> what it delivers
 */
abstract class LendSession<T> extends CopySession<T> {
  private final List<ChunkRead> reads = new ArrayList<>();
  private final ChunkReads byIndex;
  private int unverified;

  /**
   * @param positions how many chunks it can be asked for
   */
  LendSession(StoreLoop loop, CoreSubscriber<? super T> subscriber, int positions) {
    super(loop, subscriber);
    this.byIndex = new ChunkReads(positions);
  }

  /** Nothing is kept of what is verified. */
  @Override
  final List<MemorySegment> memory() {
    return List.of();
  }

  @Override
  final RegionCopier copier(Region region) {
    return loop.verifier();
  }

  /** Takes a read over, to be lent. */
  final void add(ChunkRead read) {
    reads.add(read);
    byIndex.add(read);
  }

  /** Verifies what was added, as far as it has to be, and goes on with {@link #lend}. */
  final void verify() {
    List<Transfer> transfers = new ArrayList<>(0);
    for (ChunkRead read : reads) {
      if (read.isChecked()) {
        // Laid out as in the arena, so that neighbours are read as one span.
        transfers.add(read.into(0, read.lease.arenaOffset()));
        unverified++;
      }
    }
    if (unverified == 0) {
      lend(reads);
    } else {
      enqueue(loop.plans().of(transfers, Order.BY_ARENA));
    }
  }

  @Override
  final void onResult(CopyResult result) {
    byIndex.note(result);
  }

  @Override
  final void onCopied(Region region) {
    byIndex.account(region, _ -> unverified--);
    if (unverified == 0) {
      lend(reads);
    }
  }

  /** What has to be is verified: lends what is {@linkplain #isGood good}, and ends. */
  abstract void lend(List<ChunkRead> verified);

  static boolean isGood(ChunkRead read) {
    return !read.isChecked() || read.isWhole();
  }

  /** Gives back a read that is not lent. */
  final void drop(ChunkRead read) {
    loop.reader().abandon(read, OutputOwner.NONE);
  }

  /** Makes good reads the handle's that was made of them. */
  final <H extends BorrowHandle> H handOut(List<ChunkRead> good, H handle) {
    for (ChunkRead read : good) {
      if (read.isChecked()) {
        loop.store().verified(read.lease);
      }
    }
    reads.clear();
    return loop.handles().handedOut(handle);
  }

  /** Lends the good ones at their positions; the others are holes as well. */
  final BorrowedBatch lendBatch(List<ChunkRead> verified, List<Hole> holes) {
    List<ChunkRead> good = new ArrayList<>(verified.size());
    List<Hole> all = new ArrayList<>(holes);
    for (ChunkRead read : List.copyOf(verified)) {
      if (isGood(read)) {
        good.add(read);
      } else {
        all.add(new Hole(read.index, read.lease.key(), read.missReason()));
        verified.remove(read);
        drop(read);
      }
    }
    BorrowedBatch batch = handOut(good, new BorrowedBatchHandle(loop, good, all));
    loop.counters().lent(good.size(), all.size());
    return batch;
  }

  @Override
  void giveBackAll() {
    reads.forEach(this::drop);
    reads.clear();
  }
}
