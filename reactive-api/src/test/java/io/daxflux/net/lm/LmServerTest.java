package io.daxflux.net.lm;

import static io.daxflux.net.lm.LmBytes.EXIST;
import static io.daxflux.net.lm.LmBytes.FAIL;
import static io.daxflux.net.lm.LmBytes.GET;
import static io.daxflux.net.lm.LmBytes.HEALTH;
import static io.daxflux.net.lm.LmBytes.OK;
import static io.daxflux.net.lm.LmBytes.key;
import static io.daxflux.net.lm.LmBytes.put;
import static io.daxflux.net.lm.LmBytes.reply;
import static io.daxflux.net.lm.LmBytes.request;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.RawClient;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.Servers;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.util.Arrays;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LmServerTest {
  @Order(1)
  @RegisterExtension
  final QuietStores stores = new QuietStores();

  @Order(2)
  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void smoke() {
    ReactiveChunkStore store = stores.spec().arena(64 << 20).open();
    Server server = servers.bound(LmServer.bind(store, ServerOptions.builder().build()));
    byte[] body = bytesOf("a", 2 * 40 * 16 * 128 * 2);
    int[] shape = {2, 40, 16, 128};
    try (RawClient client = new RawClient(server.address())) {
      client.send(request(HEALTH, key("ff")));
      assertThat(client.receive(36)).isEqualTo(OK);
      client.send(request(EXIST, key("ff")));
      assertThat(client.receive(36)).isEqualTo(FAIL);
      client.send(put(body.length, 1, 3, shape, key("00FF")), body);
      client.send(request(EXIST, key("ff")));
      assertThat(client.receive(36)).isEqualTo(OK);
      client.send(request(GET, key("ff")));
      assertThat(client.receive(36)).isEqualTo(reply(200, body.length, 1, 3, shape));
      assertThat(Arrays.mismatch(client.receive(body.length), body)).isEqualTo(-1);
      byte[] large = bytesOf("b", 20 << 20);
      client.send(put(large.length, key("b")), large, request(GET, key("b")));
      assertThat(client.receive(36))
          .isEqualTo(reply(200, large.length, 4, 6, large.length, 0, 0, 0));
      assertThat(Arrays.mismatch(client.receive(large.length), large)).isEqualTo(-1);
    }
  }
}
