package io.daxflux.net.resp;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.FollowedStore;
import io.daxflux.net.Server;
import io.daxflux.reactive.ReactiveChunkStore;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What clients and the log are told where the software fails. */
class FailureTest extends RespTest {
  /** One that cannot count. */
  private static ReactiveChunkStore broken(ReactiveChunkStore store) {
    return FollowedStore.of(
        store,
        (request, _) ->
            request.getName().equals("count")
                ? Mono.error(new IllegalStateException("of a key"))
                : null);
  }

  @Test
  void failureIsAnErrorOfTheLogThatQuotesNothing() {
    stores.expectLog("ERROR ");
    Server server = serve(broken(open()));
    RespClient client = connect(server);

    assertThat(client.ask("DBSIZE")).isEqualTo("-ERR internal error\r\n");
    assertThat(client.ask("PING")).isEqualTo("+PONG\r\n");
    server.stop(SOON).block(SOON);
    assertThat(stores.hasLogged("of a key")).isFalse();
  }
}
