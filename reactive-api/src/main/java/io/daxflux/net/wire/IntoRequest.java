package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.MissReason;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.CoreSubscriber;

/** {@code restoreInto}: into memory that the caller brings and keeps. */
final class IntoRequest extends LendingRequest<List<IntoOutcome>> {
  private final List<MemorySegment> outputs;
  private final Runnable onRelease;
  private final Map<Integer, MissReason> refused = new HashMap<>();

  IntoRequest(
      RemoteParts parts,
      CoreSubscriber<? super List<IntoOutcome>> subscriber,
      List<ChunkKey> keys,
      List<MemorySegment> outputs,
      Runnable onRelease) {
    super(parts, subscriber, FrameType.LEND_ALL, keys, _ -> {});
    this.outputs = outputs;
    this.onRelease = onRelease;
  }

  @Override
  Grants grant(List<Described> hits) {
    Grants grants = new Grants();
    for (Described hit : hits) {
      MemorySegment target = outputs.get(hit.index());
      long bytes = hit.head().layout().bytes();
      boolean fits = target.byteSize() >= bytes;
      grants.add(fits);
      if (fits) {
        targets.expect(target, bytes, written -> note(hit, written));
      } else {
        refused.put(hit.index(), MissReason.OUTPUT_TOO_SMALL);
      }
    }
    return grants;
  }

  private void note(Described hit, boolean written) {
    if (!written) {
      refused.put(hit.index(), MissReason.OUTPUT_FAULT);
    }
  }

  @Override
  List<IntoOutcome> result() {
    List<IntoOutcome> outcomes = new ArrayList<>(positions.size());
    for (DescribeOutcome position : positions) {
      outcomes.add(
          switch (position) {
            case Hole hole -> hole;
            case Described hit when refused.containsKey(hit.index()) ->
                new Hole(hit.index(), hit.key(), refused.get(hit.index()));
            case Described hit ->
                new Filled(hit.index(), hit.key(), hit.head().layout(), hit.head().attributes());
          });
    }
    return List.copyOf(outcomes);
  }

  /** Reached once on every path, and delivered before the result. */
  @Override
  void giveBack() {
    targets.clear();
    outbox.runFirst(onRelease);
  }
}
