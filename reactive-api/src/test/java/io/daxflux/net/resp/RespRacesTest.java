package io.daxflux.net.resp;

import static io.daxflux.net.resp.RespClient.bulk;
import static io.daxflux.net.resp.RespClient.request;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.Server;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.StalledThread;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Requests that meet: of several clients, of one client, with a busy store, with a stop. */
class RespRacesTest extends RespTest {
  private static final int ROUNDS = 200;

  /** More than the buffers of both ends of a socket hold. */
  private static final int LARGE = 24 << 20;

  private final ExecutorService other = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void endOther() {
    other.shutdownNow();
  }

  private static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError("the other client", failed.getCause());
    }
  }

  // --- Several clients

  @Test
  void ofTwoWhoSetWhatIsNotThereOneDoes() throws Exception {
    Server server = serve(open());
    RespClient one = connect(server);
    RespClient two = connect(server);
    for (int i = 0; i < ROUNDS; i++) {
      String key = "key" + i;
      String length = "x".repeat(i * 37);
      Future<String> others = other.submit(() -> two.ask("SET", key, "two" + length, "NX"));
      String ones = one.ask("SET", key, "one" + length, "NX");

      String winner = ones.equals("+OK\r\n") ? "one" : "two";
      assertThat(ones + result(others)).isIn("+OK\r\n$-1\r\n", "$-1\r\n+OK\r\n");
      assertThat(one.ask("GET", key)).isEqualTo(bulk(winner + length));
    }
  }

  @Test
  void ofTwoWhoExchangeAValueEachGetsWhatTheOtherLeft() throws Exception {
    Server server = serve(open());
    RespClient one = connect(server);
    RespClient two = connect(server);
    one.ask("SET", "k", "first");
    for (int i = 0; i < ROUNDS; i++) {
      String before = one.ask("GET", "k");
      int round = i;
      Future<String> others = other.submit(() -> two.ask("SET", "k", "two" + round, "XX", "GET"));
      String ones = one.ask("SET", "k", "one" + i, "GET");

      assertThat(ones + result(others)).isIn(before + bulk("one" + i), bulk("two" + i) + before);
    }
  }

  @Test
  void whoGetsSeveralWhileTheyAreSetGetsAllOrNoneOfThem() throws Exception {
    Server server = serve(open());
    RespClient writer = connect(server);
    RespClient reader = connect(server);
    writer.ask("MSET", "a", "0", "b", "0", "c", "0");
    Future<?> writes =
        other.submit(
            () -> {
              for (int i = 1; i <= ROUNDS; i++) {
                String value = Integer.toString(i).repeat(1 + i % 3 * 5000);
                assertThat(writer.ask("MSET", "a", value, "b", value, "c", value))
                    .isEqualTo("+OK\r\n");
              }
            });
    for (boolean last = false; !last; ) {
      last = writes.isDone();
      String found = reader.ask("MGET", "a", "b", "c");
      String one = found.substring("*3\r\n".length(), "*3\r\n".length() + (found.length() - 4) / 3);
      assertThat(found.equals("*3\r\n" + one + one + one)).as("three values of one time").isTrue();
    }
    result(writes);
  }

  // --- One client

  @Test
  void valueThatArrivesBehindItsRemovalStays() {
    RespClient client = client();
    for (int i = 0; i < ROUNDS; i++) {
      String value = Integer.toString(i).repeat(1 + i * 11);
      client.send(
          request("SET", "k", "old"),
          request("DEL", "k"),
          request("SET", "k", value),
          request("GET", "k"));

      assertThat(client.reply()).isEqualTo("+OK\r\n");
      assertThat(client.reply()).isEqualTo(":1\r\n");
      assertThat(client.reply()).isEqualTo("+OK\r\n");
      assertThat(client.reply()).isEqualTo(bulk(value));
    }
  }

  @Test
  void valueThatArrivesBehindAFlushStays() {
    RespClient client = client();
    for (int i = 0; i < ROUNDS; i++) {
      String value = Integer.toString(i).repeat(1 + i * 11);
      client.send(
          request("SET", "old", "old"),
          request("FLUSHDB"),
          request("SET", "k", value),
          request("GET", "k"),
          request("DBSIZE"));

      assertThat(client.reply()).isEqualTo("+OK\r\n");
      assertThat(client.reply()).isEqualTo("+OK\r\n");
      assertThat(client.reply()).isEqualTo("+OK\r\n");
      assertThat(client.reply()).isEqualTo(bulk(value));
      assertThat(client.reply()).isEqualTo(":1\r\n");
    }
  }

  // --- A busy store

  @Test
  void storeThatStaysBusyIsToldAndServesAgain() throws InterruptedException {
    StalledThread stalled = new StalledThread();
    ReactiveChunkStore store =
        stores
            .spec()
            .arena(1 << 20)
            .with(options -> options.ringSlots(2))
            .stalledBy(stalled)
            .open();
    Server server = serve(store);
    RespClient client = connect(server);
    client.ask("SET", "k", "value");
    stalled.stall(store);
    for (int i = 0; i < 8; i++) {
      client.send(request("EXISTS", "k"));
    }

    // The ring has room for two of them; the others were asked again for a second.
    QuietStores.until(() -> server.counters().requests() == 9, "all to be taken in");
    RespClient late = connect(server);
    assertThat(late.ask("EXISTS", "k")).startsWith("-TRYAGAIN ");
    stalled.close();
    for (int i = 0; i < 8; i++) {
      assertThat(client.reply()).matches(":1\r\n|-TRYAGAIN [^\r]*\r\n");
    }
    assertThat(client.ask("GET", "k")).isEqualTo(bulk("value"));
  }

  // --- A client that does not read, and a stop

  @Test
  void clientThatTakesNothingOfItsValueLosesItsConnection() {
    ReactiveChunkStore store = stores.spec().arena(64 << 20).open();
    Server server = serve(store, options -> options.writeTimeout(Duration.ofMillis(300)));
    RespClient client = connect(server);
    client.askWith(bytesOf("k", LARGE), "SET", "k");
    client.send(request("GET", "k"));
    client.receive(1);

    QuietStores.until(() -> server.counters().connectionsOpen() == 0, "it to be gone");
    assertThat(server.counters().timeouts()).isEqualTo(1);
    QuietStores.awaitQuiet(store);
  }

  @Test
  void stopLetsValuesThatAreOnTheirWayBeRead() {
    ReactiveChunkStore store = stores.spec().arena(64 << 20).open();
    Server server = serve(store);
    RespClient client = connect(server);
    client.askWith(bytesOf("k", LARGE), "SET", "k");
    client.send(request("GET", "k"));
    client.receive(1);
    Disposable stopping = server.stop(SOON).subscribe();

    String rest = new String(client.receiveRest(), ISO_8859_1);

    assertThat(rest.length()).isEqualTo((LARGE + "\r\n").length() + LARGE + 2);
    server.stop(SOON).block(SOON);
    assertThat(stopping.isDisposed()).isTrue();
    QuietStores.awaitQuiet(store);
  }
}
