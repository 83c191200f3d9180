package io.daxflux.net.wire;

import io.daxflux.buffer.Output;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.RestoreOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.session.OutputView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import reactor.core.CoreSubscriber;

/** {@code restoreAll}. */
final class BatchRequest extends OutputsRequest<RestoredBatch> {
  BatchRequest(
      RemoteParts parts, CoreSubscriber<? super RestoredBatch> subscriber, List<ChunkKey> keys) {
    super(parts, subscriber, FrameType.LEND_ALL, keys, RestoredBatch::close);
  }

  @Override
  RestoredBatch result() {
    Iterator<Output> filled = takeOutputs().iterator();
    List<RestoreOutcome> outcomes = new ArrayList<>(positions.size());
    for (DescribeOutcome position : positions) {
      outcomes.add(
          switch (position) {
            case Hole hole -> hole;
            case Described hit ->
                new OutputView(
                    new RemoteOutput(parts, hit.index(), hit.head(), filled.next(), _ -> {}));
          });
    }
    return new RestoredBatch(outcomes);
  }
}
