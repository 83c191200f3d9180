package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import java.util.List;
import reactor.core.CoreSubscriber;

/** {@code borrowPrefix} and {@code borrowAll}. */
final class BorrowRequest extends OutputsRequest<RemoteBorrow> {
  BorrowRequest(
      RemoteParts parts,
      CoreSubscriber<? super RemoteBorrow> subscriber,
      FrameType type,
      List<ChunkKey> keys) {
    super(parts, subscriber, type, keys, RemoteBorrow::close);
  }

  @Override
  RemoteBorrow result() {
    return new RemoteBorrow(parts, positions, takeOutputs());
  }
}
