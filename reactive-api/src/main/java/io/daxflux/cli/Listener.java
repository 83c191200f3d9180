package io.daxflux.cli;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/**
 * A server that was asked for.
 *
 * @param option what asked for it
 * @param at where it is to listen
 * @param options how
 * @param binding what binds it
 */
record Listener(
    String option,
    HostPort at,
    ServerOptions options,
    BiFunction<ReactiveChunkStore, ServerOptions, Mono<Server>> binding) {

  /** Begins to listen. Blocks. Throws {@link CommandFailure} where the address is not to be had. */
  Server bind(ReactiveChunkStore store) {
    try {
      return OptionNames.of(() -> binding.apply(store, options).blockOptional().orElseThrow());
    } catch (RuntimeException failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnresolvedAddressException) {
          throw refused("an unknown host");
        }
        if (cause instanceof IOException refused && refused.getCause() == null) {
          throw refused(String.valueOf(refused.getMessage()));
        }
      }
      throw failure;
    }
  }

  private CommandFailure refused(String found) {
    return new CommandFailure(option + ": expected to listen on " + at + ", found: " + found);
  }
}
