package io.daxflux.net.resp;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.Secret;
import io.daxflux.net.Server;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** A client that many use, in both versions of the protocol. */
class LettuceTest extends RespTest {
  private final RedisClient client = RedisClient.create();

  private StatefulRedisConnection<String, byte[]> connect(Server server, ProtocolVersion version) {
    client.setOptions(ClientOptions.builder().protocolVersion(version).build());
    RedisURI uri =
        RedisURI.builder()
            .withHost("127.0.0.1")
            .withPort(server.address().getPort())
            .withPassword("swordfish".toCharArray())
            .withClientName("lettuce")
            .withTimeout(SOON)
            .build();
    return client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri);
  }

  private Server guarded() {
    return serve(open(), options -> options.secret(Secret.of("swordfish")));
  }

  @AfterEach
  void shutdown() {
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void commandsDoWhatTheyDoOnRedis(ProtocolVersion version) {
    try (StatefulRedisConnection<String, byte[]> connection = connect(guarded(), version)) {
      RedisCommands<String, byte[]> redis = connection.sync();
      byte[] large = bytesOf("large", 3 << 20);

      assertThat(redis.ping()).isEqualTo("PONG");
      assertThat(redis.clientGetname()).isEqualTo("lettuce");
      assertThat(redis.set("large", large)).isEqualTo("OK");
      assertThat(redis.get("large")).isEqualTo(large);
      assertThat(redis.get("absent")).isNull();
      assertThat(redis.strlen("large")).isEqualTo(3 << 20);
      assertThat(redis.getrange("large", 10, 19)).hasSize(10);
      assertThat(redis.set("large", new byte[1], SetArgs.Builder.nx())).isNull();
      assertThat(redis.set("k", new byte[1], SetArgs.Builder.xx())).isNull();
      assertThat(redis.setGet("large", new byte[] {1}, SetArgs.Builder.ex(100))).isEqualTo(large);
      assertThat(redis.ttl("large")).isBetween(99L, 100L);
      assertThat(redis.persist("large")).isTrue();
      assertThat(redis.mset(Map.of("a", new byte[] {1}, "b", new byte[] {2}))).isEqualTo("OK");
      assertThat(redis.mget("a", "absent", "b").stream().map(KeyValue::hasValue))
          .containsExactly(true, false, true);
      assertThat(redis.exists("a", "b", "absent")).isEqualTo(2);
      assertThat(redis.type("a")).isEqualTo("string");
      assertThat(redis.dbsize()).isEqualTo(3);
      assertThat(redis.info()).contains("redis_version:");
      assertThat(redis.configGet("save")).containsEntry("save", "");
      assertThat(redis.command()).hasSize(29);
      assertThat(redis.del("a", "b")).isEqualTo(2);
      assertThat(redis.unlink("large")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void manyRequestsAreUnderWayAtOnce(ProtocolVersion version) {
    try (StatefulRedisConnection<String, byte[]> connection = connect(guarded(), version)) {
      RedisReactiveCommands<String, byte[]> redis = connection.reactive();
      Flux.range(0, 2000)
          .flatMap(i -> redis.set("key-" + i, bytesOf("key-" + i, i)), 200)
          .blockLast(SOON);

      assertThat(
              Flux.range(0, 2000)
                  .flatMapSequential(i -> redis.get("key-" + i), 200)
                  .collectList()
                  .block(SOON))
          .hasSize(2000)
          .allSatisfy(
              value -> assertThat(value).isEqualTo(bytesOf("key-" + value.length, value.length)));
      ScanIterator<String> keys =
          ScanIterator.scan(connection.sync(), ScanArgs.Builder.matches("key-*").limit(100));
      assertThat(keys.stream().distinct())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 2000).mapToObj(i -> "key-" + i).toList());
    }
  }
}
