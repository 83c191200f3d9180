package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A request whose answer is a list, in several frames, and an end. */
final class ListQuery<E, T> extends Request<T> {
  private final FrameType type;
  private final Consumer<ByteBuf> body;
  private final BiFunction<ByteBuf, Integer, List<E>> reader;
  private final BiFunction<ByteBuf, List<E>, T> endReader;
  private final List<E> elements = new ArrayList<>();

  private ListQuery(
      RemoteParts parts,
      CoreSubscriber<? super T> subscriber,
      FrameType type,
      Consumer<ByteBuf> body,
      BiFunction<ByteBuf, Integer, List<E>> reader,
      BiFunction<ByteBuf, List<E>, T> endReader) {
    super(parts, subscriber, _ -> {});
    this.type = type;
    this.body = body;
    this.reader = reader;
    this.endReader = endReader;
  }

  /**
   * @param reader reads the elements of a frame, of which so many were before
   * @param endReader reads the end
   */
  static <E, T> Mono<T> of(
      RemoteParts parts,
      FrameType type,
      Consumer<ByteBuf> body,
      BiFunction<ByteBuf, Integer, List<E>> reader,
      BiFunction<ByteBuf, List<E>, T> endReader) {
    return mono(subscriber -> new ListQuery<>(parts, subscriber, type, body, reader, endReader));
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(type, number, body);
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case HEADS, KEYS -> elements.addAll(reader.apply(from, elements.size()));
      case DONE -> succeed(endReader.apply(from, elements));
      default -> throw unexpected(answer, from);
    }
  }
}
