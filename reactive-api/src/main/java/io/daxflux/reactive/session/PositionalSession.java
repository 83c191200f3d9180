package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.Transfer;
import io.daxflux.store.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * A restore whose result has a place for every key: reserves all, places all, copies in the arena's
 * order, and delivers once, when the last region is back.
 *
 * @param <T> the result
 */
abstract class PositionalSession<T> extends CopySession<T> {
  final List<ChunkKey> keys;
  private final ChunkReads reads;
  private final @Nullable MissReason[] missed;
  private int missingChunks;

  PositionalSession(StoreLoop loop, CoreSubscriber<? super T> subscriber, List<ChunkKey> keys) {
    super(loop, subscriber);
    this.keys = keys;
    this.reads = new ChunkReads(keys.size());
    this.missed = new MissReason[keys.size()];
  }

  /**
   * Says where the bytes go.
   *
   * @return what there is to copy, or null where the session was stopped instead
   */
  abstract @Nullable List<Transfer> place(List<ChunkRead> reads);

  /** The memory of one chunk's output cannot be written: the others are not harmed. */
  final void onOutputFault(Region region) {
    if (!isStopped() && !retryByChunk(region)) {
      reads.at(region.parts().getFirst().chunk()).faulted = true;
      onCopied(region);
    }
  }

  /** Delivers the result: outputs are the subscriber's from here. */
  abstract void deliver(List<Position> positions);

  /** Why this chunk cannot be served at its position although it is there; null if it can. */
  @Nullable MissReason refusal(int index, Lease lease) {
    return null;
  }

  @Override
  final void onBegin() {
    List<ChunkRead> found = reserve();
    List<Transfer> transfers = place(found);
    if (transfers == null) {
      return;
    }
    missingChunks = transfers.size();
    if (missingChunks == 0) {
      complete();
    } else {
      enqueue(
          caller == null
              ? loop.plans().of(transfers, Order.BY_ARENA)
              : loop.plans().shared(transfers));
    }
  }

  private List<ChunkRead> reserve() {
    List<ChunkRead> found = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      Lease lease = loop.retrieves() ? loop.store().lease(keys.get(i)) : null;
      if (lease == null) {
        missed[i] =
            loop.retrieves() ? loop.reader().missReason(keys.get(i)) : MissReason.RETRIEVAL_OFF;
        continue;
      }
      MissReason refusal = refusal(i, lease);
      if (refusal != null) {
        missed[i] = refusal;
        loop.store().release(lease, false);
        continue;
      }
      ChunkRead read = loop.reader().begin(i, lease);
      reads.add(read);
      found.add(read);
    }
    return found;
  }

  @Override
  final void onResult(CopyResult result) {
    reads.note(result);
  }

  @Override
  final void onCopied(Region region) {
    reads.account(region, _ -> missingChunks--);
    if (missingChunks == 0) {
      complete();
    }
  }

  private void complete() {
    List<Position> positions = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      ChunkRead read = reads.at(i);
      if (read != null && loop.reader().end(read)) {
        positions.add(new Position.Read(read));
      } else {
        MissReason reason = missed[i];
        if (read != null) {
          reason = read.missReason();
          loop.reader().abandon(read, OutputOwner.NONE);
        }
        loop.counters().missed();
        positions.add(new Position.Missed(new Hole(i, keys.get(i), reason)));
      }
    }
    deliver(positions);
    finish();
    outbox.complete();
  }

  @Override
  void giveBackAll() {
    for (int i = 0; i < keys.size(); i++) {
      ChunkRead read = reads.at(i);
      if (read != null) {
        loop.reader().abandon(read, OutputOwner.NONE);
      }
    }
  }
}
