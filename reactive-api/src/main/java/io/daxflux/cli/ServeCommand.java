package io.daxflux.cli;

import io.daxflux.config.DaxfluxConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import reactor.core.publisher.Mono;

/** Serves a store until it is asked to stop. */
@Command(
    name = "serve",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Serves a store by the protocols that are named, until SIGTERM or ^C.%n",
      "The options below may also stand in the file, under serve:, by their names without the"
          + " dashes, except for those of the store.%n"
    })
final class ServeCommand extends Subcommand {
  @Mixin StoreOptions storing = new StoreOptions();

  @Mixin(name = ListenOptions.MIXIN)
  ListenOptions listening = new ListenOptions();

  private final Supplier<Mono<Void>> stopAsked;

  ServeCommand(PrintStream out, Supplier<Mono<Void>> stopAsked) {
    super(out);
    this.stopAsked = stopAsked;
  }

  @Override
  int run() throws IOException {
    ReadyFile.check(listening.readyFile);
    List<Listener> listeners = listening.listeners(storing::config);
    DaxfluxConfig asked = storing.config();
    // Servers send chunks from where they lie: output memory would be touched and locked in vain.
    DaxfluxConfig config =
        storing.config(
            Map.of("max_local_cpu_size", asked.blockBytes() + "B", "dax.lock_memory", "false"));
    Mono<Void> stop = stopAsked.get();
    try (OpenStore store = OpenStore.open(config, stop)) {
      if (store.isOpen()) {
        serve(store, listeners, stop);
      }
    }
    return 0;
  }

  private void serve(OpenStore store, List<Listener> listeners, Mono<Void> stop)
      throws IOException {
    try (BoundServers servers = new BoundServers(listening.drain)) {
      for (Listener listener : listeners) {
        servers.bind(listener, store.store());
      }
      out.println(store.description());
      servers.lines().forEach(line -> out.println("listening on " + line));
      try (ReadyFile _ = ReadyFile.write(listening.readyFile, servers.lines())) {
        stop.block();
      }
    }
  }
}
