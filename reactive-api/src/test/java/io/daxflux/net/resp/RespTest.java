package io.daxflux.net.resp;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.Servers;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store that is served to Redis clients, and clients that are closed after the test. */
abstract class RespTest {
  @Order(1)
  @RegisterExtension
  final QuietStores stores = new QuietStores();

  @Order(2)
  @RegisterExtension
  final Servers servers = new Servers();

  private final List<RespClient> clients = new ArrayList<>();

  final ReactiveChunkStore open() {
    return stores.spec().arena(16 << 20).open();
  }

  final Server serve(ReactiveChunkStore store) {
    return serve(store, UnaryOperator.identity());
  }

  final Server serve(ReactiveChunkStore store, UnaryOperator<ServerOptions.Builder> options) {
    return servers.bound(
        RespServer.bind(
            store,
            options.apply(ServerOptions.builder()).build(),
            RespOptions.DEFAULTS.withFlush(true)));
  }

  final RespClient connect(Server server) {
    RespClient client = new RespClient(server.address());
    clients.add(client);
    return client;
  }

  /** A client of a store of its own. */
  final RespClient client() {
    return connect(serve(open()));
  }

  @AfterEach
  void closeClients() {
    clients.forEach(RespClient::close);
  }
}
