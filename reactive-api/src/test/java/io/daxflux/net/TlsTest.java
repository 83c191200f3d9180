package io.daxflux.net;

import static io.daxflux.net.lm.LmBytes.HEALTH;
import static io.daxflux.net.lm.LmBytes.OK;
import static io.daxflux.net.lm.LmBytes.key;
import static io.daxflux.net.lm.LmBytes.request;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.net.TestCertificates.Identity;
import io.daxflux.net.lm.LmClient;
import io.daxflux.net.lm.LmServer;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are encrypted, and clients that must say who they are. */
class TlsTest extends ServedTest {
  private static final int LARGE = 24 << 20;

  @TempDir static Path folder;
  private static Identity server;
  private static Identity client;
  private static Identity stranger;

  @BeforeAll
  static void makeCertificates() {
    TestCertificates certificates = new TestCertificates(folder);
    server = certificates.make("server");
    client = certificates.make("client");
    stranger = certificates.make("stranger");
  }

  private static TlsFiles files() {
    return TlsFiles.of(server.certificate(), server.key());
  }

  private LmClient connect(Server to, SSLContext context) throws IOException {
    Socket socket =
        context.getSocketFactory().createSocket(to.address().getAddress(), to.address().getPort());
    return new LmClient(to.address(), socket);
  }

  @Test
  void chunksPassEncrypted() throws IOException {
    ReactiveChunkStore store = store(64 << 20);
    Server encrypted = serveLm(store, options -> options.tls(files()));
    try (LmClient one = connect(encrypted, server.trustedBy(null))) {
      one.put(key("a"), bytesOf("a", LARGE)).askFor(key("a")).expect(bytesOf("a", LARGE));
      one.put(key("b"), bytesOf("b", 0)).put(key("c"), bytesOf("c", 1)).settle();
      one.askFor(key("b")).askFor(key("c")).expect(new byte[0]).expect(bytesOf("c", 1));
    }
    awaitQuiet(store);
  }

  @Test
  void slowClientMakesNoPileOfEncryptedBytes() throws IOException {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server encrypted = serveLm(store, o -> o.tls(files()).writeTimeout(Duration.ofMillis(300)));
    try (LmClient slow = connect(encrypted, server.trustedBy(null))) {
      slow.askFor(key("a")).receive(1);
      awaitQuiet(store);
      assertThat(encrypted.counters().timeouts()).isEqualTo(1);
      // What was given to the channel is gone; what was not would have been encrypted for nobody.
      assertThat(encrypted.counters().bytesOut()).isLessThan(LARGE);
    }
  }

  @Test
  void clientWithoutACertificateIsNotLetIn() throws IOException {
    stores.allowLog("lm client /127.0.0.1");
    ReactiveChunkStore store = store(1 << 20);
    Server closed = serveLm(store, options -> options.tls(files().requiring(client.certificate())));

    try (LmClient known = connect(closed, server.trustedBy(client))) {
      known.settle();
    }
    for (Identity unknown : new Identity[] {null, stranger}) {
      assertThatThrownBy(
              () -> {
                try (LmClient refused = connect(closed, server.trustedBy(unknown))) {
                  refused.settle();
                }
              })
          .isInstanceOfAny(AssertionError.class, UncheckedIOException.class);
    }
    try (LmClient known = connect(closed, server.trustedBy(client))) {
      known.settle();
    }
    assertThat(closed.counters().requests()).isEqualTo(2);
  }

  @Test
  void clientThatDoesNotEncryptIsNotLetIn() {
    stores.expectLog("TLS: expected a handshake, found NotSslRecordException");
    Server encrypted = serveLm(store(1 << 20), options -> options.tls(files()));
    try (LmClient plain = new LmClient(encrypted.address())) {
      plain.send(request(HEALTH, key("0")));
      assertThat(plain.receiveRest().length).isLessThan(OK.length);
    }
    assertThat(stores.hasLogged("05000000")).as("what the client has sent").isFalse();
    assertThat(encrypted.counters().requests()).isZero();
  }

  @Test
  void clientThatDoesNotFinishItsHandshakeLosesItsConnection() {
    stores.allowLog("lm client /127.0.0.1");
    Server encrypted =
        serveLm(store(1 << 20), o -> o.tls(files()).handshakeTimeout(Duration.ofMillis(200)));
    try (LmClient silent = new LmClient(encrypted.address())) {
      silent.expectEnd();
    }
    QuietStores.until(() -> encrypted.counters().connectionsOpen() == 0, "it to be gone");
  }

  @Test
  void oneTooManyIsClosedWithoutAHandshake() throws IOException {
    Server encrypted =
        serveLm(
            store(1 << 20),
            o -> o.tls(files()).mostConnections(1).handshakeTimeout(Duration.ofHours(1)));
    try (LmClient first = connect(encrypted, server.trustedBy(null))) {
      first.settle();
      try (LmClient silent = new LmClient(encrypted.address())) {
        silent.expectEnd();
      }
      first.settle();
    }
    assertThat(encrypted.counters().refused()).isEqualTo(1);
  }

  @Test
  void filesThatAreNotAsTheyShouldBeAreNamed() throws IOException {
    ReactiveChunkStore store = store(1 << 20);
    Path missing = folder.resolve("missing.crt");
    assertThatThrownBy(() -> bind(store, TlsFiles.of(missing, server.key())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS certificates: expected a file that can be read, found " + missing);

    Path wrong = Files.writeString(folder.resolve("wrong.key"), "no key");
    assertThatThrownBy(() -> bind(store, TlsFiles.of(server.certificate(), wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS key: expected PKCS #8 in PEM, without a password, found none in " + wrong);
    assertThatThrownBy(() -> bind(store, TlsFiles.of(wrong, server.key())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS certificates: expected certificates in PEM, found none in " + wrong);
    assertThatThrownBy(
            () -> bind(store, TlsFiles.of(server.certificate(), server.key()).requiring(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS client authorities: expected certificates in PEM, found none in " + wrong);
  }

  private static void bind(ReactiveChunkStore store, TlsFiles tls) {
    LmServer.bind(store, ServerOptions.builder().tls(tls).build()).block(SOON);
  }
}
