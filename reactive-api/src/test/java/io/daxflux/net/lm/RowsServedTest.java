package io.daxflux.net.lm;

import static io.daxflux.net.lm.LmBytes.key;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Chunks that one connection puts in a row lie side by side, however many connections put. */
class RowsServedTest extends ServedTest {
  private static final int CONNECTIONS = 8;
  private static final int ROW_CHUNKS = 20;
  private static final int CHUNK_BYTES = 8192;

  private final List<LmClient> clients = new ArrayList<>();

  private void connect(ReactiveChunkStore store) {
    Server server = serveLm(store);
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(new LmClient(server.address()));
    }
  }

  private void put(int connection, int chunk) {
    String key = keyOf(connection, chunk);
    clients.get(connection).put(key, bytesOf(key, CHUNK_BYTES));
  }

  private static String keyOf(int connection, int chunk) {
    return key(Integer.toHexString(0x100 * (connection + 1) + chunk));
  }

  /** How often a chunk of a connection's does not lie right behind the one before. */
  private static int moves(ReactiveChunkStore store, int connection) {
    List<ChunkKey> keys =
        IntStream.range(0, ROW_CHUNKS).mapToObj(i -> ChunkKey.of(keyOf(connection, i))).toList();
    try (BorrowedPrefix row = store.borrowPrefix(keys).block(SOON)) {
      List<BorrowedChunk> chunks = row.chunks();
      assertThat(chunks).hasSize(ROW_CHUNKS);
      return (int)
          IntStream.range(1, ROW_CHUNKS)
              .filter(
                  i ->
                      chunks.get(i).segment().address()
                          != chunks.get(i - 1).segment().address() + CHUNK_BYTES)
              .count();
    }
  }

  private void closeClients() {
    clients.forEach(LmClient::close);
    clients.clear();
  }

  /** The first chunks lie beside each other, for nobody knows yet that rows will follow. */
  @Test
  void rowsThatArePutInTurnsMoveOnce() {
    ReactiveChunkStore store = store(16 << 20);
    connect(store);

    for (int chunk = 0; chunk < ROW_CHUNKS; chunk++) {
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        put(connection, chunk);
        clients.get(connection).settle();
      }
    }
    closeClients();

    assertThat(IntStream.range(0, CONNECTIONS).map(i -> moves(store, i)).toArray())
        .containsOnly(0, 1);
  }

  /** A connection that begins late can lie in the way of one row, and then moves itself. */
  @Test
  void rowsThatArePutAtOnceMoveTwiceAtMost() throws InterruptedException {
    ReactiveChunkStore store = store(16 << 20);
    connect(store);

    List<Thread> senders =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(
                connection ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              IntStream.range(0, ROW_CHUNKS).forEach(i -> put(connection, i));
                              clients.get(connection).settle();
                            }))
            .toList();
    for (Thread sender : senders) {
      assertThat(sender.join(SOON)).isTrue();
    }
    closeClients();

    assertThat(IntStream.range(0, CONNECTIONS).map(i -> moves(store, i)).sum())
        .isLessThanOrEqualTo(2 * CONNECTIONS);
  }

  @Test
  void rowsFillTheArenaToItsLastBlock() {
    ReactiveChunkStore store = store((long) CONNECTIONS * ROW_CHUNKS * CHUNK_BYTES);
    connect(store);

    for (int chunk = 0; chunk < ROW_CHUNKS; chunk++) {
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        put(connection, chunk);
        clients.get(connection).settle();
      }
    }

    LmClient reader = clients.getFirst();
    for (int connection = 0; connection < CONNECTIONS; connection++) {
      for (int chunk = 0; chunk < ROW_CHUNKS; chunk++) {
        String key = keyOf(connection, chunk);
        reader.askFor(key).expect(bytesOf(key, CHUNK_BYTES));
      }
    }
    closeClients();
  }
}
