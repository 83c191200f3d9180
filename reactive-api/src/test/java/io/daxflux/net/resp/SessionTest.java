package io.daxflux.net.resp;

import static io.daxflux.net.resp.RespClient.bulk;
import static io.daxflux.net.resp.RespClient.request;
import static io.daxflux.reactive.Chunks.SOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.Secret;
import io.daxflux.net.Server;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections: versions, passwords, pipelines, ends. */
class SessionTest extends RespTest {
  private static final String NO_AUTH = "-NOAUTH Authentication required.\r\n";

  // --- Versions

  @Test
  void versionHoldsFromTheNextRequestOn() {
    RespClient client = client();
    client.send(
        request("GET", "absent"),
        request("HELLO", "3"),
        request("GET", "absent"),
        request("HELLO", "2"),
        request("GET", "absent"));

    assertThat(client.reply()).isEqualTo("$-1\r\n");
    assertThat(client.reply()).startsWith("%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n");
    assertThat(client.reply()).isEqualTo("_\r\n");
    assertThat(client.reply()).startsWith("*14\r\n");
    assertThat(client.reply()).isEqualTo("$-1\r\n");
  }

  @Test
  void unknownVersionLeavesTheConnectionAsItWas() {
    RespClient client = client();

    assertThat(client.ask("HELLO", "4")).isEqualTo("-NOPROTO unsupported protocol version\r\n");
    assertThat(client.ask("GET", "absent")).isEqualTo("$-1\r\n");
  }

  // --- Passwords

  private Server guarded() {
    return serve(open(), options -> options.secret(Secret.of("swordfish")));
  }

  @Test
  void strangerIsToldToNameThePassword() {
    stores.expectLog("expected the secret, found another");
    RespClient client = connect(guarded());

    assertThat(client.ask("GET", "k")).isEqualTo(NO_AUTH);
    assertThat(client.ask("SET", "k", "v")).isEqualTo(NO_AUTH);
    assertThat(client.ask("MSET", "k", "v", "l", "w")).isEqualTo(NO_AUTH);
    assertThat(client.ask("PING")).isEqualTo(NO_AUTH);
    assertThat(client.ask("INFO")).isEqualTo(NO_AUTH);
    assertThat(client.ask("CLIENT", "ID")).isEqualTo(NO_AUTH);
    assertThat(client.ask("COMMAND", "COUNT")).isEqualTo(NO_AUTH);
    assertThat(client.ask("HELLO", "3")).startsWith("-NOAUTH HELLO must be called with the client");
    assertThat(client.ask("AUTH", "wrong")).startsWith("-WRONGPASS invalid username-password");
    assertThat(client.ask("AUTH", "other", "swordfish")).startsWith("-WRONGPASS ");
    assertThat(client.ask("GET", "k")).isEqualTo(NO_AUTH);
    assertThat(client.ask("AUTH", "swordfish")).isEqualTo("+OK\r\n");
    assertThat(client.ask("GET", "k")).isEqualTo("$-1\r\n");
    assertThat(client.ask("RESET")).isEqualTo("+RESET\r\n");
    assertThat(client.ask("GET", "k")).isEqualTo(NO_AUTH);
  }

  @Test
  void passwordMayComeWithTheUserOrWithHello() {
    stores.expectLog("expected the secret, found another");
    Server server = guarded();
    RespClient named = connect(server);
    RespClient greeting = connect(server);

    assertThat(named.ask("AUTH", "default", "swordfish")).isEqualTo("+OK\r\n");
    assertThat(named.ask("PING")).isEqualTo("+PONG\r\n");
    assertThat(greeting.ask("HELLO", "3", "AUTH", "default", "wrong")).startsWith("-WRONGPASS");
    assertThat(greeting.ask("PING")).isEqualTo(NO_AUTH);
    assertThat(greeting.ask("HELLO", "3", "AUTH", "default", "swordfish", "SETNAME", "me"))
        .startsWith("%7\r\n");
    assertThat(greeting.ask("CLIENT", "GETNAME")).isEqualTo(bulk("me"));
  }

  @Test
  void strangerSendsNothingLong() {
    stores.expectLog("unauthenticated bulk length");
    Server server = guarded();
    RespClient client = connect(server);
    client.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100000\r\n".getBytes(ISO_8859_1));

    assertThat(new String(client.receiveRest(), ISO_8859_1))
        .isEqualTo("-ERR Protocol error: unauthenticated bulk length\r\n");
  }

  @Test
  void strangerWhoSaysNothingIsNotWaitedFor() {
    Server server =
        serve(
            open(),
            options ->
                options.secret(Secret.of("swordfish")).handshakeTimeout(Duration.ofMillis(50)));
    RespClient client = connect(server);

    assertThat(client.receiveRest()).isEmpty();
    assertThat(server.counters().timeouts()).isEqualTo(1);
  }

  @Test
  void strangerWhoOnlyTalksIsNotWaitedForLonger() {
    Server server =
        serve(
            open(),
            options ->
                options.secret(Secret.of("swordfish")).handshakeTimeout(Duration.ofSeconds(2)));
    RespClient client = connect(server);

    QuietStores.until(
        () -> {
          client.send(request("PING"));
          String answer = new String(client.receiveOnce(NO_AUTH.length()), ISO_8859_1);
          assertThat(NO_AUTH).startsWith(answer);
          return answer.isEmpty();
        },
        "the server to close");
    assertThat(server.counters().timeouts()).isEqualTo(1);
  }

  @Test
  void clientThatGuessesIsTurnedAway() {
    stores.expectLog("expected the secret, found another");
    Server server = guarded();
    RespClient client = connect(server);
    for (int i = 0; i < 10; i++) {
      client.send(request("AUTH", "guess" + i));
    }
    client.send(request("AUTH", "swordfish"));

    assertThat(new String(client.receiveRest(), ISO_8859_1).split("\r\n"))
        .hasSize(5)
        .allMatch(answer -> answer.startsWith("-WRONGPASS "));
    assertThat(server.counters().wrongSecrets()).isEqualTo(5);
    assertThat(stores.hasLogged("guess")).isFalse();
  }

  @Test
  void whatIsNoRequestIsNotQuotedInTheLog() {
    stores.expectLog("Protocol error: expected '$'");
    RespClient client = connect(guarded());

    client.send("*2\r\n$4\r\nAUTH\r\nswordfish\r\n".getBytes(ISO_8859_1));

    assertThat(client.reply()).isEqualTo("-ERR Protocol error: expected '$', got 's'\r\n");
    assertThat(stores.hasLogged("got 's'")).isFalse();
  }

  // --- Pipelines

  @Test
  void tenThousandCommandsAreAnsweredInTheirOrder() throws InterruptedException {
    RespClient client = client();
    ByteArrayOutputStream commands = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      String key = "key" + i % 100;
      commands.writeBytes(request("SET", key, "value" + i));
      commands.writeBytes(request("GET", key));
      commands.writeBytes(request("STRLEN", key));
      commands.writeBytes(request("ECHO", Integer.toString(i)));
      expected.add("+OK\r\n");
      expected.add(bulk("value" + i));
      expected.add(":" + ("value" + i).length() + "\r\n");
      expected.add(bulk(Integer.toString(i)));
    }
    Thread sender = Thread.ofVirtual().start(() -> client.send(commands.toByteArray()));
    String all = String.join("", expected);

    assertThat(new String(client.receive(all.length()), ISO_8859_1)).isEqualTo(all);
    sender.join();
  }

  @Test
  void requestsThatWaitAreNotPiledUp() throws InterruptedException {
    ReactiveChunkStore store = open();
    Server server =
        serve(store, o -> o.mostBufferedBytes(1 << 16).mostHeaderBytes(1 << 20).eventLoops(1));
    RespClient client = connect(server);
    client.askWith(new byte[8 << 20], "SET", "k");
    long before = server.counters().requests();
    byte[] echo = request("ECHO", "x".repeat(100_000));
    client.send(request("GET", "k"));
    // From now on there is more to read than may be, and what follows has to wait.
    client.receive(1);
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    client.send(echo);
                  }
                });

    QuietStores.until(() -> server.counters().requests() - before >= 2, "the first of them");
    for (int i = 0; i < 1000; i++) {
      Thread.yield();
      assertThat(server.counters().requests() - before).isEqualTo(2);
    }
    String reply = bulk("x".repeat(100_000));
    client.receive("$8388608\r\n\r\n".length() - 1 + (8 << 20) + 20 * reply.length());
    sender.join();
  }

  // --- Ends

  @Test
  void quitClosesBehindItsAnswer() {
    RespClient client = client();
    client.send(request("SET", "k", "v"), request("QUIT"), request("PING"));

    assertThat(new String(client.receiveRest(), ISO_8859_1)).isEqualTo("+OK\r\n+OK\r\n");
  }

  @Test
  void malformedRequestEndsItsConnectionAlone() {
    stores.expectLog("Protocol error: invalid bulk length");
    Server server = serve(open());
    RespClient other = connect(server);
    RespClient client = connect(server);
    client.send(request("PING"), "*1\r\n$x\r\n".getBytes(ISO_8859_1));

    assertThat(new String(client.receiveRest(), ISO_8859_1))
        .isEqualTo("+PONG\r\n-ERR Protocol error: invalid bulk length\r\n");
    assertThat(other.ask("PING")).isEqualTo("+PONG\r\n");
    assertThat(server.counters().malformed()).isEqualTo(1);
  }

  @Test
  void browserIsTurnedAway() {
    stores.expectLog("expected a client of Redis, found one of HTTP");
    Server server = serve(open());
    for (String first : new String[] {"POST / HTTP/1.1\r\n", "Host: localhost\r\n"}) {
      RespClient client = connect(server);
      client.send((first + "SET k v\r\n").getBytes(ISO_8859_1));

      assertThat(client.receiveRest()).isEmpty();
    }
    assertThat(connect(server).ask("DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void clientForWhomThereIsNoRoomIsToldSo() {
    Server server = serve(open(), options -> options.mostConnections(1));
    RespClient first = connect(server);
    assertThat(first.ask("PING")).isEqualTo("+PONG\r\n");
    RespClient second = connect(server);

    assertThat(new String(second.receiveRest(), ISO_8859_1))
        .isEqualTo("-ERR max number of clients reached\r\n");
    assertThat(server.counters().refused()).isEqualTo(1);
  }

  @Test
  void stopDoesNotWaitForAClientThatNeverPauses() throws InterruptedException {
    Server server = serve(open());
    RespClient client = connect(server);
    // As long as what is read at once, and sent from its second byte to the first of the next one:
    // no read ends where a request does.
    byte[] echo = request("ECHO", "x".repeat(4096 - 23));
    assertThat(echo).hasSize(4096);
    byte[] shifted = (new String(echo, ISO_8859_1).substring(1) + "*").getBytes(ISO_8859_1);
    client.send(new byte[] {echo[0]});
    Thread sender = Thread.ofVirtual().start(() -> untilClosed(() -> client.send(shifted)));
    Thread reader = Thread.ofVirtual().start(() -> untilClosed(() -> client.receive(1000)));
    QuietStores.until(() -> server.counters().requests() > 100, "it to be served");

    server.stop(Duration.ofHours(1)).block(SOON);

    sender.join();
    reader.join();
  }

  private static void untilClosed(Runnable action) {
    try {
      while (true) {
        action.run();
      }
    } catch (UncheckedIOException | AssertionError closed) {
      // As it should be.
    }
  }

  @Test
  void stopLetsAValueThatIsArrivingBeStored() {
    Server server = serve(open());
    RespClient client = connect(server);
    byte[] set = request("SET", "k", "x".repeat(1 << 20));
    client.send(java.util.Arrays.copyOf(set, 1000));
    QuietStores.until(() -> server.counters().bytesIn() == 1000, "the first bytes");
    reactor.core.Disposable stopping = server.stop(Duration.ofSeconds(20)).subscribe();
    client.send(java.util.Arrays.copyOfRange(set, 1000, set.length));

    assertThat(new String(client.receiveRest(), ISO_8859_1)).isEqualTo("+OK\r\n");
    QuietStores.until(stopping::isDisposed, "the server to have stopped");
  }
}
