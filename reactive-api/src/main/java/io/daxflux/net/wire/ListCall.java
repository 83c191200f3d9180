package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A request whose answer is a list, made in turn, and sent in frames of a bounded length. */
final class ListCall<T, E> extends ServerCall {
  private final Mono<T> work;
  private final FrameType type;
  private final Function<T, List<E>> elements;
  private final BiConsumer<ByteBuf, List<E>> writer;
  private final BiConsumer<ByteBuf, T> endWriter;
  private final Runnable start = this::start;
  private @Nullable Arrival<T> answer;

  ListCall(
      Peer peer,
      int id,
      Mono<T> work,
      FrameType type,
      Function<T, List<E>> elements,
      BiConsumer<ByteBuf, List<E>> writer,
      BiConsumer<ByteBuf, T> endWriter) {
    super(peer, id);
    this.work = work;
    this.type = type;
    this.elements = elements;
    this.writer = writer;
    this.endWriter = endWriter;
  }

  @Override
  void begin() {
    peer.lists().enter(start);
  }

  private void start() {
    answer = Arrival.of(work, peer, this::answer, this::fail, _ -> {});
  }

  private void answer(T result) {
    List<E> all = elements.apply(result);
    for (int from = 0; from < all.size(); from += Heads.MOST_IN_A_FRAME) {
      List<E> some = all.subList(from, Math.min(all.size(), from + Heads.MOST_IN_A_FRAME));
      send(type, to -> writer.accept(to, some));
    }
    peer.over(this);
    peer.send(FrameType.DONE, id, to -> endWriter.accept(to, result), peer.lists()::leave);
  }

  private void fail(Throwable failure) {
    failed(failure);
    peer.lists().leave();
  }

  @Override
  void abandon() {
    if (!peer.lists().withdraw(start)) {
      answer.drop();
      peer.lists().leave();
    }
  }
}
