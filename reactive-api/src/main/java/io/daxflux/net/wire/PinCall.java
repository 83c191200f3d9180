package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.PinnedPrefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pinned prefix, until its client cancels or is gone. */
final class PinCall extends ServerCall {
  private final List<ChunkKey> keys;
  private @Nullable Arrival<PinnedPrefix> arrival;
  private @Nullable PinnedPrefix pinned;

  PinCall(Peer peer, int id, List<ChunkKey> keys) {
    super(peer, id);
    this.keys = keys;
  }

  @Override
  void begin() {
    arrival =
        Arrival.of(
            peer.store().pinPrefix(keys), peer, this::hold, this::failed, PinnedPrefix::close);
  }

  private void hold(PinnedPrefix prefix) {
    pinned = prefix;
    send(FrameType.OPENED, to -> to.writeInt(prefix.keys().size()));
  }

  @Override
  boolean isUnderWay() {
    return pinned == null;
  }

  @Override
  void abandon() {
    if (arrival != null) {
      arrival.drop();
    }
    if (pinned != null) {
      pinned.close();
    }
  }
}
