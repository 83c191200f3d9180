package io.daxflux.net.wire;

import io.daxflux.buffer.Output;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.Described;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.CoreSubscriber;

/** Chunks that are received into output memory, which is taken for all of them or for none. */
abstract class OutputsRequest<T> extends LendingRequest<T> {
  private List<Output> outputs = List.of();

  OutputsRequest(
      RemoteParts parts,
      CoreSubscriber<? super T> subscriber,
      FrameType type,
      List<ChunkKey> keys,
      Consumer<? super T> discard) {
    super(parts, subscriber, type, keys, discard);
  }

  @Override
  final Grants grant(List<Described> hits) {
    outputs = parts.outputs().allocateAll(lengths(hits));
    for (Output output : outputs) {
      targets.expect(parts.outputs().segment(output), output.bytes(), _ -> {});
    }
    return Grants.ofAll(hits.size());
  }

  /** One for each hit, for the result to own. */
  final List<Output> takeOutputs() {
    List<Output> taken = outputs;
    outputs = List.of();
    return taken;
  }

  @Override
  void giveBack() {
    targets.clear();
    takeOutputs().forEach(output -> parts.outputs().free(output, _ -> {}));
  }
}
