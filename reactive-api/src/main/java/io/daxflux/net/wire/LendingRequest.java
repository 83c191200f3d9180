package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.CoreSubscriber;

/**
 * Chunks that are wanted all together: all are announced, then memory is found for all of them, or
 * for none, then all are received. Delivers one result when the last byte is there.
 */
abstract class LendingRequest<T> extends Request<T> {
  private final FrameType type;
  final List<ChunkKey> keys;
  final List<DescribeOutcome> positions = new ArrayList<>();
  final PayloadTargets targets = new PayloadTargets();
  private boolean granted;
  private boolean done;

  LendingRequest(
      RemoteParts parts,
      CoreSubscriber<? super T> subscriber,
      FrameType type,
      List<ChunkKey> keys,
      Consumer<? super T> discard) {
    super(parts, subscriber, discard);
    this.type = type;
    this.keys = keys;
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(type, number, body -> Fields.writeKeys(body, keys));
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case HEADS -> announced(from);
      case DONE -> {
        done = true;
        succeedIfThere();
      }
      default -> throw unexpected(answer, from);
    }
  }

  final void announced(ByteBuf from) {
    boolean last = from.readBoolean();
    positions.addAll(Heads.read(from, keys, positions.size()));
    if (last) {
      grant();
    }
  }

  private void grant() {
    try {
      Grants grants = grant(hits());
      granted = true;
      if (isSent()) {
        grants.send(wire(), id());
      }
      succeedIfThere();
    } catch (RuntimeException refused) {
      withdraw();
      fail(refused);
    }
  }

  private List<Described> hits() {
    return positions.stream()
        .filter(Described.class::isInstance)
        .map(Described.class::cast)
        .toList();
  }

  static long[] lengths(List<Described> hits) {
    return hits.stream()
        .map(Described::head)
        .map(ChunkHead::layout)
        .mapToLong(l -> l.bytes())
        .toArray();
  }

  /**
   * Finds memory for these chunks and expects them there.
   *
   * @throws RuntimeException where there is none; nothing is held then
   */
  abstract Grants grant(List<Described> hits);

  @Override
  public void payload(ByteBuf bytes) {
    targets.payload(bytes);
    succeedIfThere();
  }

  private void succeedIfThere() {
    if (done && granted && targets.isEmpty() && !isOver()) {
      succeed(result());
    }
  }

  /** What is delivered, which owns what was held for it. */
  abstract T result();
}
