package io.daxflux.net.serve;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.net.RawClient;
import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Replies that cannot be made. */
class AnswerTest extends ServedTest {
  private final AtomicInteger givenBack = new AtomicInteger();

  /** As where no memory is left: for the reply, or for what is to be said of that. */
  private Answer failing() {
    return Answer.lent(
        givenBack::incrementAndGet,
        _ -> {
          throw new OutOfMemoryError("of a test");
        });
  }

  @Test
  void whatWasLentIsGivenBackOnce() {
    assertThatThrownBy(failing()::make).isInstanceOf(OutOfMemoryError.class);
    assertThat(givenBack).hasValue(1);
  }

  @Test
  void connectionWhoseReplyCannotBeMadeEndsAndLendsNothing() {
    assertEnds(Mono.fromSupplier(this::failing));
  }

  @Test
  void connectionWhoseReplyCannotBeMadeLaterEndsToo() {
    assertEnds(Mono.fromSupplier(this::failing).subscribeOn(Schedulers.parallel()));
  }

  private void assertEnds(Mono<Answer> work) {
    stores.expectLog("request failed");
    Server server =
        servers.bound(
            Serving.bind(store(1 << 20), ServerOptions.builder().build(), protocol(work)));
    try (RawClient client = new RawClient(server.address())) {
      client.send(new byte[3]);
      assertThat(client.receiveRest()).isEmpty();
    }
    server.stop(SOON).block(SOON);
    assertThat(givenBack).hasValueBetween(1, 3);
  }

  /** One in which each byte is a request. */
  private static Protocol protocol(Mono<Answer> work) {
    return new Protocol() {
      @Override
      public String scheme() {
        return "test";
      }

      @Override
      public Dialect open(Connection connection) {
        return (ByteBuf bytes) -> {
          bytes.skipBytes(1);
          connection.answer(work);
        };
      }
    };
  }
}
