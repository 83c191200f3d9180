package io.daxflux.net.wire;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.Secret;
import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.TestCertificates;
import io.daxflux.net.TestCertificates.Identity;
import io.daxflux.net.TlsFiles;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RemoteException;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.StoreException.Category;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and by what. */
class AdmissionTest extends ServedTest {
  private static final String SECRET = "open sesame";
  private static final int LENGTH = 3 << 20;

  @TempDir static Path folder;
  private static Identity server;
  private static Identity client;

  @BeforeAll
  static void makeCertificates() {
    TestCertificates certificates = new TestCertificates(folder);
    server = certificates.make("server");
    client = certificates.make("client");
  }

  private Server serve(UnaryOperator<ServerOptions.Builder> wishes) {
    return servers.bound(
        WireServer.bind(
            store(8 << 20),
            wishes.apply(ServerOptions.builder()).build(),
            new WireLimits(1000, 0.5, Duration.ofMinutes(1))));
  }

  private static ReactiveChunkStore open(
      String host, Server to, UnaryOperator<RemoteOptions.Builder> wishes) {
    RemoteOptions.Builder options =
        RemoteOptions.builder(host, to.address().getPort())
            .outputBudgetBytes(8 << 20)
            .connectTimeout(Duration.ofSeconds(5));
    return RemoteChunkStore.open(wishes.apply(options).build()).block(SOON);
  }

  private static void roundTrip(Server to, UnaryOperator<RemoteOptions.Builder> wishes) {
    ReactiveChunkStore store = open("127.0.0.1", to, wishes);
    try {
      ChunkKey key = ChunkKey.of("a");
      byte[] bytes = Chunks.bytesOf("a", LENGTH);
      store.putAll(List.of(Chunk.blob(key, bytes)), PutMode.REPLACE).blockLast(SOON);
      try (RestoredBatch batch = store.restoreAll(List.of(key)).block(SOON)) {
        Chunks.assertBytes(batch.hits().getFirst().segment(), "a", LENGTH);
      }
    } finally {
      store.close().block(SOON);
    }
  }

  private static RemoteException refusal(
      String host, Server to, UnaryOperator<RemoteOptions.Builder> wishes) {
    RemoteException[] refusal = new RemoteException[1];
    assertThatThrownBy(() -> open(host, to, wishes).close().block(SOON))
        .isInstanceOfSatisfying(RemoteException.class, found -> refusal[0] = found);
    return refusal[0];
  }

  @Test
  void clientThatKnowsTheSecretIsServed() {
    roundTrip(serve(options -> options.secret(Secret.of(SECRET))), o -> o.secret(SECRET));
  }

  @Test
  void clientThatDoesNotIsRefusedByNameAndNothingSecretIsLogged() {
    stores.expectLog("expected the secret, found another");
    Server closed = serve(options -> options.secret(Secret.of(SECRET)));

    for (String wrong : new String[] {"open barley", null}) {
      RemoteException refusal = refusal("127.0.0.1", closed, o -> o.secret(wrong));
      assertThat(refusal).hasMessageContaining("expected to be let in, found another secret");
      assertThat(refusal.category()).isEqualTo(Category.REOPEN);
    }
    assertThat(stores.hasLogged("barley")).isFalse();
    assertThat(closed.counters().wrongSecrets()).isEqualTo(2);
    assertThat(closed.counters().malformed()).isZero();
    assertThat(RemoteOptions.builder("h", 1).secret(SECRET).build().toString()).isEqualTo("h:1");
  }

  @Test
  void clientThatSaysNothingLosesItsConnection() {
    Server closed =
        serve(o -> o.secret(Secret.of(SECRET)).handshakeTimeout(Duration.ofMillis(200)));
    try (WireClient silent = new WireClient(closed.address())) {
      silent.expectEnd();
    }
    assertThat(closed.counters().timeouts()).isEqualTo(1);
  }

  @Test
  void clientOfAnotherVersionIsToldWhichOneThereIs() {
    stores.expectLog("version 1 of the protocol, and a client of 2 to 3");
    try (WireClient later = new WireClient(serve(UnaryOperator.identity()).address())) {
      later.ask(
          FrameType.HELLO,
          0,
          to -> to.writeInt(WireProtocol.MAGIC).writeShort(2).writeShort(3).writeShort(0));
      assertThat(later.expectFailure(0))
          .hasMessageContaining("version 1 of the protocol, and a client of 2 to 3");
      later.expectEnd();
    }
  }

  @Test
  void clientOfALaterVersionThatKnowsThisOneIsServed() {
    try (WireClient later = new WireClient(serve(UnaryOperator.identity()).address())) {
      later.ask(
          FrameType.HELLO,
          0,
          to -> to.writeInt(WireProtocol.MAGIC).writeShort(1).writeShort(9).writeShort(0));
      assertThat(Welcome.read(later.expect(FrameType.WELCOME, 0).buffer()).version()).isEqualTo(1);
    }
  }

  @Test
  void serverThatSpeaksSomethingElseIsRefused() {
    stores.allowLog("lm client");
    Server other = serveLm(store(1 << 20));

    assertThat(refusal("127.0.0.1", other, o -> o.connectTimeout(Duration.ofMillis(500))))
        .hasMessageContaining("connection to 127.0.0.1:" + other.address().getPort());
  }

  // --- TLS

  private static TlsFiles files() {
    return TlsFiles.of(server.certificate(), server.key());
  }

  @Test
  void chunksPassEncrypted() {
    roundTrip(
        serve(options -> options.tls(files())),
        o -> o.tls(RemoteTls.trusting(server.certificate())));
  }

  @Test
  void clientWithACertificateIsServedAndOneWithoutIsNot() {
    stores.allowLog("daxflux client");
    Server closed = serve(options -> options.tls(files().requiring(client.certificate())));
    RemoteTls nobody = RemoteTls.trusting(server.certificate());

    roundTrip(closed, o -> o.tls(nobody.showing(client.certificate(), client.key())));
    refusal("127.0.0.1", closed, o -> o.tls(nobody));
  }

  @Test
  void serverWithoutATrustedCertificateOfItsNameIsRefused() {
    stores.allowLog("daxflux client");
    Server encrypted = serve(options -> options.tls(files()));

    assertThat(
            refusal("127.0.0.1", encrypted, o -> o.tls(RemoteTls.trusting(client.certificate()))))
        .hasRootCauseInstanceOf(Exception.class);
    // It names the address, and not this.
    assertThat(
            refusal("localhost", encrypted, o -> o.tls(RemoteTls.trusting(server.certificate()))))
        .hasMessageContaining("localhost");
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    Path missing = folder.resolve("missing.crt");
    Server any = serve(UnaryOperator.identity());

    assertThatThrownBy(() -> open("127.0.0.1", any, o -> o.tls(RemoteTls.trusting(missing))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS authorities: expected a file that can be read, found " + missing);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RemoteTls(missing, missing, null))
        .withMessage("TLS: expected a certificate and its key, or neither");
  }
}
