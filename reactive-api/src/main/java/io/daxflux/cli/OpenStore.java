package io.daxflux.cli;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.StoreStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A store that is closed behind the block that opened it. Its calls block. */
final class OpenStore implements AutoCloseable {
  private final @Nullable ReactiveChunkStore store;

  private OpenStore(@Nullable ReactiveChunkStore store) {
    this.store = store;
  }

  static OpenStore open(DaxfluxConfig config) {
    return open(config, Mono.never());
  }

  /** Opens a store, unless it is asked to stop before that has come to its end. */
  static OpenStore open(DaxfluxConfig config, Mono<Void> stop) {
    return new OpenStore(ReactiveChunkStore.open(config).takeUntilOther(stop).block());
  }

  boolean isOpen() {
    return store != null;
  }

  ReactiveChunkStore store() {
    return Objects.requireNonNull(store);
  }

  StoreStatus status() {
    return store().status().blockOptional().orElseThrow();
  }

  /** What it is, in a line. */
  String description() {
    StoreStatus status = status();
    return "store of %s on %s, %d chunks found"
        .formatted(
            Quantity.text(status.device().bytes()),
            status.device().name(),
            status.media().recovered());
  }

  @Override
  public void close() {
    if (store != null) {
      store.close().block();
    }
  }
}
