package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.CoreSubscriber;

/** Pins a prefix there. */
final class PinRequest extends Request<PinnedPrefix> {
  private final List<ChunkKey> keys;

  PinRequest(
      RemoteParts parts, CoreSubscriber<? super PinnedPrefix> subscriber, List<ChunkKey> keys) {
    super(parts, subscriber, PinnedPrefix::close);
    this.keys = keys;
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(FrameType.PIN_PREFIX, number, body -> Fields.writeKeys(body, keys));
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    if (answer != FrameType.OPENED) {
      throw unexpected(answer, from);
    }
    Pinned pinned = new Pinned(parts, wire(), id(), keys.subList(0, from.readInt()));
    handOver(pinned);
    succeed(pinned);
  }

  /** The pins of a connection end with it. */
  private static final class Pinned implements PinnedPrefix, ClientCall {
    private final RemoteParts parts;
    private final Wire wire;
    private final int id;
    private final List<ChunkKey> keys;
    private final AtomicBoolean closed = new AtomicBoolean();

    Pinned(RemoteParts parts, Wire wire, int id, List<ChunkKey> keys) {
      this.parts = parts;
      this.wire = wire;
      this.id = id;
      this.keys = List.copyOf(keys);
    }

    @Override
    public List<ChunkKey> keys() {
      return keys;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        parts.link().execute(() -> wire.cancel(id));
      }
    }

    @Override
    public void connected(Wire given, int number) {
      throw new IllegalStateException("expected a request that is sent once");
    }

    @Override
    public void answered(FrameType type, ByteBuf body) {
      throw unexpected(type, body);
    }

    @Override
    public void lost(RuntimeException why) {
      closed.set(true);
    }
  }
}
