package io.daxflux.net.resp;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.key;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.Server;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PinnedPrefix;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values on their way in and out: of all lengths, cut off, refused, and read slowly. */
class PayloadTest extends RespTest {
  private static final int LARGE = 5 << 20;

  private static void assertValue(RespClient client, byte[] value, String... words) {
    client.send(RespClient.request(words));
    byte[] head = ("$" + value.length + "\r\n").getBytes(ISO_8859_1);
    assertThat(client.receive(head.length)).isEqualTo(head);
    assertThat(Arrays.mismatch(client.receive(value.length), value)).isEqualTo(-1);
    assertThat(client.receive(2)).isEqualTo(new byte[] {'\r', '\n'});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 513, 4096, 65_535, 1 << 20, LARGE})
  void valueComesBackAsItWasSent(int length) {
    RespClient client = client();
    byte[] value = bytesOf("value", length);

    assertThat(client.askWith(value, "SET", "k")).isEqualTo("+OK\r\n");
    assertValue(client, value, "GET", "k");
    assertThat(client.ask("STRLEN", "k")).isEqualTo(":" + length + "\r\n");
  }

  @Test
  void valueMayComeInSmallPieces() {
    RespClient client = client();
    byte[] request = RespClient.request("SET", "k", "0123456789", "EX", "100", "GET");
    for (byte piece : request) {
      client.send(new byte[] {piece});
    }

    assertThat(client.reply()).isEqualTo("$-1\r\n");
    assertThat(client.ask("GET", "k")).isEqualTo("$10\r\n0123456789\r\n");
    assertThat(client.ask("TTL", "k")).isEqualTo(":100\r\n");
  }

  @Test
  void previousValueIsSentFromWhereItLay() {
    RespClient client = client();
    byte[] first = bytesOf("first", LARGE);
    client.askWith(first, "SET", "k");

    assertValue(client, first, "SET", "k", "second", "GET");
    assertThat(client.ask("GET", "k")).isEqualTo("$6\r\nsecond\r\n");
  }

  @Test
  void partOfALargeValueIsSentAlone() {
    RespClient client = client();
    byte[] value = bytesOf("value", LARGE);
    client.askWith(value, "SET", "k");

    assertValue(
        client,
        Arrays.copyOfRange(value, 1 << 20, 3 << 20),
        "GETRANGE",
        "k",
        Integer.toString(1 << 20),
        Integer.toString((3 << 20) - 1));
  }

  @Test
  void severalLargeValuesBecomeVisibleAtOnce() {
    ReactiveChunkStore store = open();
    RespClient client = connect(serve(store));
    byte[] a = bytesOf("a", 1 << 20);
    byte[] b = bytesOf("b", 2 << 20);
    byte[] whole =
        RespClient.request("MSET", "a", new String(a, ISO_8859_1), "b", new String(b, ISO_8859_1));
    client.send(Arrays.copyOf(whole, whole.length - 1));
    QuietStores.until(
        () -> QuietStores.statusOf(store).readers().reservations() == 2, "both values to begin");
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
    client.send(Arrays.copyOfRange(whole, whole.length - 1, whole.length));

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertValue(client, a, "GET", "a");
    assertValue(client, b, "GET", "b");
  }

  // --- What cannot be stored

  @Test
  void shortageIsAnswered() {
    ReactiveChunkStore store = stores.spec().arena(1 << 20).open();
    Server server = serve(store);
    RespClient client = connect(server);
    assertThat(client.askWith(bytesOf("k", 900_000), "SET", "k")).isEqualTo("+OK\r\n");
    try (PinnedPrefix pin = store.pinPrefix(List.of(key("k"))).block(SOON)) {
      assertThat(pin.keys()).hasSize(1);
      assertThat(client.askWith(bytesOf("l", 500_000), "SET", "l")).startsWith("-OOM no room for ");
      assertThat(client.ask("MSET", "a", "1".repeat(5000), "l", "x".repeat(500_000)))
          .startsWith("-OOM no room for ");
    }
    assertThat(client.askWith(bytesOf("m", 2 << 20), "SET", "m")).startsWith("-OOM no room for ");

    assertThat(client.ask("DBSIZE")).isEqualTo(":1\r\n");
    assertValue(client, bytesOf("k", 900_000), "GET", "k");
    assertThat(server.counters().droppedPuts()).isEqualTo(3);
  }

  @Test
  void valueThatIsTooLongIsReceivedAndRefused() {
    Server server = serve(open(), options -> options.mostBodyBytes(1000));
    RespClient client = connect(server);

    assertThat(client.askWith(new byte[1001], "SET", "k"))
        .isEqualTo("-ERR value: expected at most 1000 bytes, found 1001\r\n");
    assertThat(client.ask("MSET", "a", "1", "b", "x".repeat(2000)))
        .isEqualTo("-ERR value: expected at most 1000 bytes, found 2000\r\n");
    assertThat(client.askWith(new byte[1000], "SET", "k")).isEqualTo("+OK\r\n");
    assertThat(client.ask("DBSIZE")).isEqualTo(":1\r\n");
  }

  @Test
  void requestThatIsTooLongIsReceivedAndRefused() {
    Server server = serve(open(), options -> options.mostHeaderBytes(4096));
    RespClient client = connect(server);

    assertThat(client.ask("ECHO", "x".repeat(100_000)))
        .isEqualTo("-ERR request: expected at most 4032 bytes besides values, found more\r\n");
    String[] keys = new String[1000];
    Arrays.fill(keys, "key");
    keys[0] = "MGET";
    assertThat(client.ask(keys)).startsWith("-ERR request: expected at most 4032 bytes");
    assertThat(client.ask("LPUSH", "l", "x".repeat(100_000))).startsWith("-ERR ");
    assertThat(client.askWith(bytesOf("k", 100_000), "SET", "k")).isEqualTo("+OK\r\n");
    assertThat(client.ask("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void valuesOfOneRequestAreBounded() {
    Server server = serve(open(), options -> options.mostHeaderBytes(4096));
    RespClient client = connect(server);
    String[] words = new String[1 + 2 * 14];
    Arrays.setAll(words, i -> i == 0 ? "MSET" : i % 2 == 1 ? "k" + (100 + i) : "value");
    String[] more = Arrays.copyOf(words, words.length + 2);
    more[words.length] = "k999";
    more[words.length + 1] = "value";

    assertThat(client.ask(words)).isEqualTo("+OK\r\n");
    assertThat(client.ask(more)).startsWith("-ERR request: expected at most 4032 bytes");
    assertThat(client.ask("DBSIZE")).isEqualTo(":14\r\n");
  }

  @Test
  void requestThatDoesNotEndKeepsNothing() {
    ReactiveChunkStore store = open();
    Server server = serve(store, options -> options.mostHeaderBytes(4096));
    RespClient client = connect(server);
    byte[] begin = "*2147483647\r\n$4\r\nMSET\r\n".getBytes(ISO_8859_1);
    byte[] pairs = "$1\r\nk\r\n$1\r\nv\r\n".repeat(10_000).getBytes(ISO_8859_1);
    client.send(begin, pairs);

    awaitReceived(server, begin.length + pairs.length);
    QuietStores.awaitQuiet(store);
    assertThat(server.counters().connectionsOpen()).isEqualTo(1);
  }

  @Test
  void requestThatComesWordByWordIsNotWaitedForLonger() {
    ReactiveChunkStore store = open();
    Server server = serve(store, options -> options.requestTimeout(Duration.ofSeconds(2)));
    RespClient client = connect(server);
    client.send("*2147483647\r\n$4\r\nMSET\r\n".getBytes(ISO_8859_1));
    byte[] pair = "$1\r\nk\r\n$1\r\nv\r\n".getBytes(ISO_8859_1);

    QuietStores.until(
        () -> server.counters().timeouts() == 1 || !sends(client, pair), "the server to close");
    QuietStores.awaitQuiet(store);
  }

  private static boolean sends(RespClient client, byte[] bytes) {
    try {
      client.send(bytes);
      return true;
    } catch (UncheckedIOException closed) {
      return false;
    }
  }

  @Test
  void valueWhoseKeyIsTooLongHasNoPlace() {
    ReactiveChunkStore store = open();
    Server server = serve(store, options -> options.mostHeaderBytes(4096));
    RespClient client = connect(server);
    byte[] set = RespClient.request("SET", "k".repeat(5000), "x".repeat(100_000));
    client.send(Arrays.copyOf(set, set.length - 1));

    awaitReceived(server, set.length - 1);
    QuietStores.awaitQuiet(store);
    client.send(new byte[] {'\n'});
    assertThat(client.reply()).startsWith("-ERR request: expected at most 4032 bytes");
  }

  private static void awaitReceived(Server server, int bytes) {
    QuietStores.until(() -> server.counters().bytesIn() == bytes, "all bytes to be received");
  }

  @Test
  void errorBehindAValueGivesItsPlaceBack() {
    RespClient client = client();

    assertThat(client.ask("SET", "k", "x".repeat(100_000), "FOO"))
        .isEqualTo("-ERR syntax error\r\n");
    assertThat(client.ask("SET", "k", "x".repeat(100_000), "EX", "0"))
        .isEqualTo("-ERR invalid expire time in 'set' command\r\n");
    assertThat(client.ask("MSET", "a", "x".repeat(100_000), "", "y"))
        .isEqualTo("-ERR key: expected 1 to 4096 bytes, found 0\r\n");
    assertThat(client.ask("DBSIZE")).isEqualTo(":0\r\n");
  }

  // --- Clients that go

  @Test
  void valueThatIsCutOffIsNotStored() {
    ReactiveChunkStore store = open();
    Server server = serve(store);
    byte[] set = RespClient.request("SET", "k", "x".repeat(1 << 20), "EX", "100");
    for (int sent : new int[] {20, 40, 100_000, 1 << 20, set.length - 15, set.length - 1}) {
      RespClient client = connect(server);
      client.send(Arrays.copyOf(set, sent));
      client.endOutput();
      assertThat(client.receiveRest()).isEmpty();
    }
    byte[] mset = RespClient.request("MSET", "a", "1".repeat(5000), "b", "2".repeat(5000));
    for (int sent : new int[] {3000, 5100, mset.length - 100, mset.length - 1}) {
      RespClient client = connect(server);
      client.send(Arrays.copyOf(mset, sent));
      client.reset();
    }

    QuietStores.until(
        () -> server.counters().connections() == 10 && server.counters().connectionsOpen() == 0,
        "all clients to have come and gone");
    QuietStores.awaitQuiet(store);
    assertThat(store.count().block(SOON)).isZero();
  }

  @Test
  void clientThatLeavesWhileItIsSentAValueHoldsNothing() {
    ReactiveChunkStore store = open();
    Server server = serve(store);
    Chunks.put(store, "k", LARGE);
    for (int i = 0; i < 5; i++) {
      RespClient client = connect(server);
      client.send(RespClient.request("GET", "k"), RespClient.request("MGET", "k", "k"));
      client.receive(1000);
      client.reset();
    }

    QuietStores.awaitQuiet(store);
  }

  @Test
  void clientThatReadsSlowlyHoldsUpNobody() {
    ReactiveChunkStore store = open();
    // One, so that both are on it.
    Server server = serve(store, options -> options.eventLoops(1));
    byte[] value = bytesOf("k", LARGE);
    RespClient quick = connect(server);
    quick.askWith(value, "SET", "k");
    RespClient slow = connect(server);
    for (int i = 0; i < 10; i++) {
      slow.send(RespClient.request("GET", "k"));
    }
    slow.receive(1);

    for (int i = 0; i < 20; i++) {
      assertValue(quick, value, "GET", "k");
    }
    int replyBytes = RespClient.bulk("x".repeat(LARGE)).length();
    byte[] rest = slow.receive(10 * replyBytes - 1);
    assertThat(
            Arrays.mismatch(
                Arrays.copyOfRange(rest, rest.length - 2 - LARGE, rest.length - 2), value))
        .isEqualTo(-1);
  }

  @Test
  void lastRequestsOfAClientThatSendsNoMoreAreAnswered() {
    RespClient client = client();
    byte[] value = bytesOf("k", LARGE);
    client.sendWith(value, "SET", "k");
    client.send(RespClient.request("GET", "k"));
    client.endOutput();

    byte[] rest = client.receiveRest();
    assertThat(rest).hasSize("+OK\r\n".length() + ("$" + LARGE + "\r\n\r\n").length() + LARGE);
  }
}
