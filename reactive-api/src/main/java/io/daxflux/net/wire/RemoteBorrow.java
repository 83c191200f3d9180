package io.daxflux.net.wire;

import io.daxflux.buffer.Output;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What was borrowed from a store that is served elsewhere: a copy in the client's output memory,
 * and the lifetime that its segments share.
 */
final class RemoteBorrow implements BorrowedBatch, BorrowedPrefix {
  private final RemoteParts parts;
  private final Arena lifetime = Arena.ofShared();
  private final List<Output> outputs;
  private final List<BorrowOutcome> outcomes;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes the outputs over, one for each hit. On the event loop. */
  RemoteBorrow(RemoteParts parts, List<DescribeOutcome> positions, List<Output> outputs) {
    this.parts = parts;
    this.outputs = outputs;
    this.outcomes = lent(positions);
    parts.outputs().handedOut();
  }

  private List<BorrowOutcome> lent(List<DescribeOutcome> positions) {
    Iterator<Output> filled = outputs.iterator();
    List<BorrowOutcome> lent = new ArrayList<>(positions.size());
    for (DescribeOutcome position : positions) {
      lent.add(
          switch (position) {
            case Hole hole -> hole;
            case Described hit ->
                new BorrowedChunk(
                    hit.index(),
                    hit.key(),
                    hit.head().layout(),
                    hit.head().attributes(),
                    parts.outputs().lend(filled.next(), lifetime));
          });
    }
    return List.copyOf(lent);
  }

  @Override
  public List<BorrowOutcome> outcomes() {
    return outcomes;
  }

  @Override
  public List<BorrowedChunk> chunks() {
    return hits();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      lifetime.close();
    } catch (IllegalStateException inUse) {
      closed.set(false);
      throw inUse;
    }
    parts
        .link()
        .execute(
            () -> {
              parts.outputs().tookBack();
              outputs.forEach(output -> parts.outputs().free(output, _ -> {}));
            });
  }
}
