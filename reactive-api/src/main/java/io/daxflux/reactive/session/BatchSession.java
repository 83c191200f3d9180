package io.daxflux.reactive.session;

import io.daxflux.buffer.Output;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.outcome.OutputBudgetException;
import io.daxflux.reactive.outcome.RestoreOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.Transfer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code restoreAll}: every key at its position, all of the hits or an error. The outputs are taken
 * as one batch, so that what lies side by side in the arena is one copy.
 */
final class BatchSession extends PositionalSession<RestoredBatch> {
  private final RestoreMode mode;

  BatchSession(
      StoreLoop loop,
      CoreSubscriber<? super RestoredBatch> subscriber,
      List<ChunkKey> keys,
      RestoreMode mode) {
    super(loop, subscriber, keys);
    this.mode = mode;
  }

  @Override
  List<MemorySegment> memory() {
    return loop.outputs().segments();
  }

  @Override
  RegionCopier copier(Region region) {
    return loop.copier(mode);
  }

  @Override
  @Nullable List<Transfer> place(List<ChunkRead> reads) {
    long[] bytes = reads.stream().mapToLong(read -> read.lease.bytes()).toArray();
    List<Output> batch = loop.outputs().allocate(bytes);
    if (batch == null) {
      stop(tooMuch(bytes));
      return null;
    }
    List<Transfer> transfers = new ArrayList<>(reads.size());
    for (int i = 0; i < bytes.length; i++) {
      ChunkRead read = reads.get(i);
      read.output = batch.get(i);
      Transfer transfer = read.into(0, read.output.offset());
      if (transfer != null) {
        transfers.add(transfer);
      }
    }
    return transfers;
  }

  private OutputBudgetException tooMuch(long[] bytes) {
    long asked = 0;
    for (long length : bytes) {
      asked += loop.outputs().footprint(length);
    }
    return new OutputBudgetException(
        asked,
        loop.outputs().freeBytes(),
        loop.outputs().largestRunBytes(),
        loop.outputs().capacityBytes());
  }

  @Override
  void deliver(List<Position> positions) {
    List<RestoreOutcome> outcomes = new ArrayList<>(positions.size());
    for (Position position : positions) {
      outcomes.add(
          switch (position) {
            case Position.Missed(var hole) -> hole;
            case Position.Read(var read) -> loop.reader().handOut(read, OutputOwner.NONE);
          });
    }
    outbox.offer(new RestoredBatch(outcomes));
  }
}
