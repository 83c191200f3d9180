package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.Transfer;
import io.daxflux.store.Lease;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code restoreInto}: into memory that the caller brings and keeps. The caller is told, once, when
 * no worker can touch it any more.
 */
final class IntoSession extends PositionalSession<List<IntoOutcome>> {
  private final List<MemorySegment> targets;
  private final RestoreMode mode;
  private final Runnable onRelease;

  IntoSession(
      StoreLoop loop,
      CoreSubscriber<? super List<IntoOutcome>> subscriber,
      List<ChunkKey> keys,
      List<MemorySegment> targets,
      RestoreMode mode,
      Runnable onRelease) {
    super(loop, subscriber, keys);
    this.targets = targets;
    this.mode = mode;
    this.onRelease = onRelease;
  }

  @Override
  List<MemorySegment> memory() {
    return targets;
  }

  /** What is verified goes through the slab: a fault in a checksum would end the process. */
  @Override
  RegionCopier copier(Region region) {
    return loop.copier(region.isChecked() ? RestoreMode.STAGED : mode);
  }

  @Override
  void onCopyFailure(Region region, Throwable cause) {
    // A closed arena says so with this exception; nothing else in a copy throws it.
    if (cause instanceof IllegalStateException) {
      onOutputFault(region);
    } else {
      super.onCopyFailure(region, cause);
    }
  }

  @Override
  @Nullable MissReason refusal(int index, Lease lease) {
    return targets.get(index).byteSize() < lease.bytes() ? MissReason.OUTPUT_TOO_SMALL : null;
  }

  @Override
  List<Transfer> place(List<ChunkRead> reads) {
    List<Transfer> transfers = new ArrayList<>(reads.size());
    for (ChunkRead read : reads) {
      Transfer transfer = read.into(read.index, 0);
      if (transfer != null) {
        transfers.add(transfer);
      }
    }
    return transfers;
  }

  @Override
  void deliver(List<Position> positions) {
    releaseTargets();
    List<IntoOutcome> outcomes = new ArrayList<>(positions.size());
    for (Position position : positions) {
      outcomes.add(
          switch (position) {
            case Position.Missed(var hole) -> hole;
            case Position.Read(var read) -> {
              loop.counters().hit(read.lease.bytes());
              yield new Filled(
                  read.index, read.lease.key(), read.lease.layout(), read.lease.attributes());
            }
          });
    }
    outbox.offer(List.copyOf(outcomes));
  }

  @Override
  void giveBackAll() {
    super.giveBackAll();
    releaseTargets();
  }

  @Override
  void refuse(StoreException cause) {
    releaseTargets();
    super.refuse(cause);
  }

  @Override
  void abandon() {
    releaseTargets();
  }

  /** Reached once on every path, and delivered before the result. */
  private void releaseTargets() {
    outbox.runFirst(onRelease);
  }
}
