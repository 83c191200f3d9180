package io.daxflux.reactive.session;

import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.Transfer;
import io.daxflux.store.Lease;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongConsumer;
import reactor.core.CoreSubscriber;

/** The verification of one chunk that nobody has asked for. */
final class ScrubSession extends CopySession<Void> {
  private final ChunkRead read;
  private final LongConsumer onEnd;
  private final ChunkReads reads = new ChunkReads(1);

  /**
   * Takes over the lease.
   *
   * @param onEnd is told, once, how many bytes were read
   */
  ScrubSession(
      StoreLoop loop, CoreSubscriber<? super Void> nobody, Lease lease, LongConsumer onEnd) {
    super(loop, nobody);
    this.read = new ChunkRead(0, lease, true);
    this.onEnd = onEnd;
    reads.add(read);
  }

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
    Transfer transfer = read.into(0, read.lease.arenaOffset());
    enqueue(loop.plans().of(List.of(transfer), Order.BY_ARENA));
  }

  @Override
  void onResult(CopyResult result) {
    reads.note(result);
  }

  @Override
  void onCopied(Region region) {
    reads.account(
        region,
        _ -> {
          end();
          finish();
        });
  }

  @Override
  void giveBackAll() {
    end();
  }

  private void end() {
    loop.counters().scrubbed(read.lease.bytes());
    loop.reader().end(read, false);
    onEnd.accept(read.lease.bytes());
  }
}
