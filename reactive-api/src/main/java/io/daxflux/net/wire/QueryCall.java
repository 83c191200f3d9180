package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A request with one answer that owns nothing. */
final class QueryCall<T> extends ServerCall {
  private final Mono<T> work;
  private final BiConsumer<ByteBuf, T> writer;
  private @Nullable Arrival<T> answer;

  QueryCall(Peer peer, int id, Mono<T> work, BiConsumer<ByteBuf, T> writer) {
    super(peer, id);
    this.work = work;
    this.writer = writer;
  }

  @Override
  void begin() {
    answer =
        Arrival.of(
            work, peer, result -> done(to -> writer.accept(to, result)), this::failed, _ -> {});
  }

  @Override
  void abandon() {
    if (answer != null) {
      answer.drop();
    }
  }
}
