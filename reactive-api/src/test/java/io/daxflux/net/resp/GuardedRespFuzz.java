package io.daxflux.net.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.Secret;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.fuzz.FuzzedProtocol;
import io.daxflux.reactive.ReactiveChunkStore;
import java.net.InetSocketAddress;
import java.util.Random;
import reactor.core.publisher.Mono;

/** The same of a server with a password, which most clients know, and some do not. */
public final class GuardedRespFuzz implements FuzzedProtocol {
  private static final String SECRET = "swordfish";

  private final RespFuzz requests = new RespFuzz();

  @Override
  public Mono<Server> bind(ReactiveChunkStore store, ServerOptions.Builder options) {
    return requests.bind(store, options.secret(Secret.of(SECRET)));
  }

  @Override
  public byte[] greeting(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new byte[0];
      case 1 -> RespClient.request("AUTH", "guess" + random.nextInt());
      default -> RespClient.request("AUTH", SECRET);
    };
  }

  @Override
  public byte[] frame(Random random) {
    return requests.frame(random);
  }

  @Override
  public void probe(InetSocketAddress address, Random random) {
    try (RespClient client = new RespClient(address)) {
      assertThat(client.ask("AUTH", SECRET)).isEqualTo("+OK\r\n");
      RespFuzz.probe(client, random);
    }
  }

  @Override
  public String toString() {
    return "resp with a secret";
  }
}
