package io.daxflux.net.serve;

import static io.daxflux.net.lm.LmBytes.key;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.FollowedStore;
import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.net.lm.LmClient;
import io.daxflux.reactive.ReactiveChunkStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Beside what chunks are put. */
class PutRowTest extends ServedTest {
  private final List<ChunkHead> put = new CopyOnWriteArrayList<>();

  private ReactiveChunkStore watched(ReactiveChunkStore store) {
    return FollowedStore.of(
        store,
        (request, arguments) -> {
          if (request.getName().equals("startPut")) {
            put.add((ChunkHead) arguments[0]);
          }
          return null;
        });
  }

  @Test
  void chunkLiesBesideTheLastOneThatHasAPlace() {
    stores.expectLog("PUT dropped: no room");
    Server server = serveLm(watched(store(1 << 20)));
    try (LmClient client = new LmClient(server.address())) {
      client.put(key("a"), bytesOf("a", 1000)).settle();
      client.put(key("b"), bytesOf("b", 2 << 20)).settle();
      client.put(key("c"), bytesOf("c", 1000)).settle();
    }

    assertThat(put)
        .extracting(ChunkHead::predecessor)
        .containsExactly(null, ChunkKey.of(key("a")), ChunkKey.of(key("a")));
  }
}
