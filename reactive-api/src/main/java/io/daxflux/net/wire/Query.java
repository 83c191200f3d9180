package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A request with one answer that owns nothing. */
final class Query<T> extends Request<T> {
  private final FrameType type;
  private final Consumer<ByteBuf> body;
  private final Function<ByteBuf, T> reader;

  private Query(
      RemoteParts parts,
      CoreSubscriber<? super T> subscriber,
      FrameType type,
      Consumer<ByteBuf> body,
      Function<ByteBuf, T> reader) {
    super(parts, subscriber, _ -> {});
    this.type = type;
    this.body = body;
    this.reader = reader;
  }

  static <T> Mono<T> of(
      RemoteParts parts, FrameType type, Consumer<ByteBuf> body, Function<ByteBuf, T> reader) {
    return mono(subscriber -> new Query<>(parts, subscriber, type, body, reader));
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(type, number, body);
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    if (answer != FrameType.DONE) {
      throw unexpected(answer, from);
    }
    succeed(reader.apply(from));
  }
}
