package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.store.Pin;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The pins of a prefix. */
final class PinHandle extends Handle implements PinnedPrefix {
  private final List<Pin> pins;
  private final List<ChunkKey> keys;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over the pins. */
  PinHandle(StoreLoop loop, List<Pin> pins) {
    super(loop);
    this.pins = pins;
    this.keys = pins.stream().map(Pin::key).toList();
  }

  @Override
  public List<ChunkKey> keys() {
    return keys;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack();
    }
  }

  @Override
  void takeBack() {
    pins.forEach(loop.store()::unpin);
  }

  @Override
  void revoke() {
    closed.set(true);
  }

  @Override
  public String toString() {
    return "pinned prefix of " + pins.size() + " chunks";
  }
}
