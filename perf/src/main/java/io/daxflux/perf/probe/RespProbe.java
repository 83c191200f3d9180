package io.daxflux.perf.probe;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.resp.RespServer;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.time.Duration;

/** Serves a store to Redis clients until its input ends. */
public final class RespProbe {
  /** What it says before the port, when it listens. */
  public static final String LISTENING = "listening on ";

  private RespProbe() {}

  /** Serves one of so many bytes. */
  public static void main(String[] args) throws IOException {
    ReactiveChunkStore store =
        ReactiveChunkStore.open(
                DaxfluxConfig.builder()
                    .devicePath(DaxfluxConfig.MEMORY)
                    .deviceBytes(Long.parseLong(args[0]))
                    .build())
            .block();
    Server server = RespServer.bind(store, ServerOptions.builder().build()).block();
    System.out.println(LISTENING + server.address().getPort());
    while (System.in.read() >= 0) {
      // Nobody writes anything: it is the end that is waited for.
    }
    server.stop(Duration.ZERO).block();
    store.close().block();
  }
}
