package io.daxflux.net.resp;

import static io.daxflux.net.resp.RespClient.request;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.net.Secret;
import io.daxflux.net.Server;
import io.daxflux.net.TestCertificates;
import io.daxflux.net.TestCertificates.Identity;
import io.daxflux.net.TlsFiles;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis clients whose connections are encrypted. */
class RespTlsTest extends RespTest {
  private static final int LARGE = 3 << 20;

  @TempDir static Path folder;
  private static Identity server;
  private static Identity known;
  private static Identity stranger;

  private final RedisClient client = RedisClient.create();

  @BeforeAll
  static void makeCertificates() {
    TestCertificates certificates = new TestCertificates(folder);
    server = certificates.make("server");
    known = certificates.make("known");
    stranger = certificates.make("stranger");
  }

  @AfterEach
  void shutdown() {
    client.shutdown();
  }

  private static TlsFiles files() {
    return TlsFiles.of(server.certificate(), server.key());
  }

  private StatefulRedisConnection<String, byte[]> connect(Server to, @Nullable Identity shown) {
    // Files would be read on an event loop of the client's.
    SslOptions.Builder tls = SslOptions.builder().trustManager(server.trust());
    if (shown != null) {
      tls.keyManager(shown.keyManagers());
    }
    client.setOptions(ClientOptions.builder().sslOptions(tls.build()).build());
    RedisURI uri =
        RedisURI.builder()
            .withHost("127.0.0.1")
            .withPort(to.address().getPort())
            .withSsl(true)
            .withPassword("swordfish".toCharArray())
            .withTimeout(SOON)
            .build();
    return client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri);
  }

  private static void assertServes(StatefulRedisConnection<String, byte[]> connection) {
    RedisCommands<String, byte[]> redis = connection.sync();
    byte[] value = bytesOf("k", LARGE);
    assertThat(redis.set("k", value)).isEqualTo("OK");
    assertThat(redis.get("k")).isEqualTo(value);
    assertThat(redis.mget("k", "absent")).hasSize(2);
  }

  @Test
  void valuesPassEncrypted() {
    Server encrypted = serve(open(), o -> o.tls(files()).secret(Secret.of("swordfish")));

    try (StatefulRedisConnection<String, byte[]> connection = connect(encrypted, null)) {
      assertServes(connection);
    }
  }

  @Test
  void clientWithoutACertificateIsNotLetIn() {
    stores.allowLog("resp client /127.0.0.1");
    Server closed =
        serve(
            open(),
            o -> o.tls(files().requiring(known.certificate())).secret(Secret.of("swordfish")));

    for (Identity unknown : new Identity[] {null, stranger}) {
      assertThatThrownBy(() -> connect(closed, unknown))
          .isInstanceOf(RedisConnectionException.class);
    }
    assertThat(closed.counters().requests()).isZero();
    try (StatefulRedisConnection<String, byte[]> connection = connect(closed, known)) {
      assertServes(connection);
    }
  }

  @Test
  void clientThatDoesNotEncryptIsNotLetIn() {
    stores.expectLog("TLS: expected a handshake, found NotSslRecordException");
    Server encrypted = serve(open(), o -> o.tls(files()));
    RespClient plain = connect(encrypted);

    plain.send(request("SET", "k", "swordfish"));

    assertThat(new String(plain.receiveRest(), ISO_8859_1)).doesNotContain("OK");
    assertThat(encrypted.counters().requests()).isZero();
    assertThat(stores.hasLogged("swordfish")).isFalse();
  }
}
