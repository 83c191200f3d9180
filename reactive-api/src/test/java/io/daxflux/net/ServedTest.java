package io.daxflux.net;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.lm.LmServer;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PutOutcome;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store that is served, and clients of it. */
public abstract class ServedTest {
  @Order(1)
  @RegisterExtension
  public final QuietStores stores = new QuietStores();

  @Order(2)
  @RegisterExtension
  public final Servers servers = new Servers();

  /** A store of so many bytes. */
  protected final ReactiveChunkStore store(long bytes) {
    return stores.spec().arena(bytes).open();
  }

  /** Serves it by lm://, without further wishes. */
  protected final Server serveLm(ReactiveChunkStore store) {
    return serveLm(store, UnaryOperator.identity());
  }

  /** Serves it by lm://. */
  protected final Server serveLm(
      ReactiveChunkStore store, UnaryOperator<ServerOptions.Builder> wishes) {
    return servers.bound(
        LmServer.bind(store, wishes.apply(ServerOptions.builder().eventLoops(2)).build()));
  }

  /** Stores bytes past all servers. */
  protected static void putPast(ReactiveChunkStore store, String key, byte[] bytes) {
    assertThat(
            store
                .putAll(List.of(Chunk.blob(ChunkKey.of(key), bytes)), PutMode.REPLACE)
                .blockLast(SOON))
        .isInstanceOf(PutOutcome.Stored.class);
  }

  /** Waits until nothing is lent, reserved or under way. */
  protected static void awaitQuiet(ReactiveChunkStore store) {
    QuietStores.awaitQuiet(store);
  }
}
