package io.daxflux.net.resp;

import static io.daxflux.net.resp.RespClient.bulk;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.Server;
import io.daxflux.reactive.ReactiveChunkStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What LMCache's connectors send, byte for byte, and what they must be answered. */
class ConnectorsTest extends RespTest {
  private static final String KEY = "Qwen/Qwen3-14B@1@0@1a2b3c@bfloat16";
  private static final byte[] CHUNK = bytesOf("chunk", 2 * 4 * 256 * 1024 * 2);

  /** RemoteMetadata of one group: length, format, dtype, shape. */
  private static byte[] metadata() {
    ByteBuffer bytes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : new int[] {CHUNK.length, 1, 3, 2, 4, 256, 1024}) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static void assertAnswer(RespClient client, String expected) {
    byte[] found = client.receive(expected.length());
    assertThat(Arrays.mismatch(found, expected.getBytes(ISO_8859_1))).isEqualTo(-1);
  }

  @Test
  void redisConnectorKeepsMetadataAndBytesApart() {
    RespClient client = client();

    assertThat(client.ask("EXISTS", KEY + "metadata")).isEqualTo(":0\r\n");
    assertThat(client.ask("GET", KEY + "metadata")).isEqualTo("$-1\r\n");
    assertThat(client.askWith(CHUNK, "SET", KEY + "kv_bytes")).isEqualTo("+OK\r\n");
    assertThat(client.askWith(metadata(), "SET", KEY + "metadata")).isEqualTo("+OK\r\n");
    assertThat(client.ask("EXISTS", KEY + "metadata")).isEqualTo(":1\r\n");
    assertThat(client.ask("GET", KEY + "metadata")).isEqualTo(bulk(text(metadata())));
    client.send(RespClient.request("GET", KEY + "kv_bytes"));
    assertAnswer(client, bulk(text(CHUNK)));
    assertThat(client.ask("DEL", KEY + "metadata")).isEqualTo(":1\r\n");
    assertThat(client.ask("GET", KEY + "metadata")).isEqualTo("$-1\r\n");
  }

  @Test
  void redisPyGreetsBeforeItAsks() {
    RespClient client = client();
    client.send(
        RespClient.request("HELLO", "3"),
        RespClient.request("CLIENT", "SETINFO", "LIB-NAME", "redis-py"),
        RespClient.request("CLIENT", "SETINFO", "LIB-VER", "5.0.8"),
        RespClient.request("SELECT", "0"));

    assertThat(client.reply()).startsWith("%7\r\n");
    assertAnswer(client, "+OK\r\n+OK\r\n+OK\r\n");
  }

  @Test
  void nativeClientComparesEveryByte() {
    RespClient client = client();
    String keyPart = "$" + KEY.length() + "\r\n" + KEY + "\r\n";
    byte[] set =
        ("*3\r\n$3\r\nSET\r\n" + keyPart + "$" + CHUNK.length + "\r\n").getBytes(ISO_8859_1);
    byte[] end = {'\r', '\n'};

    client.send(("*2\r\n$6\r\nEXISTS\r\n" + keyPart).getBytes(ISO_8859_1));
    assertAnswer(client, ":0\r\n");
    client.send(("*2\r\n$3\r\nGET\r\n" + keyPart).getBytes(ISO_8859_1));
    assertAnswer(client, "$-1\r\n");
    client.send(set, CHUNK, end);
    assertAnswer(client, "+OK\r\n");
    client.send(("*2\r\n$6\r\nEXISTS\r\n" + keyPart).getBytes(ISO_8859_1));
    assertAnswer(client, ":1\r\n");
    client.send(("*2\r\n$3\r\nGET\r\n" + keyPart).getBytes(ISO_8859_1));
    assertAnswer(client, "$" + CHUNK.length + "\r\n" + text(CHUNK) + "\r\n");
    client.send(("*2\r\n$3\r\nDEL\r\n" + keyPart).getBytes(ISO_8859_1));
    assertAnswer(client, ":1\r\n");
  }

  @Test
  void nativeClientNamesItsPassword() {
    Server server = serve(open(), options -> options.secret(io.daxflux.net.Secret.of("swordfish")));
    RespClient alone = connect(server);
    alone.send("*2\r\n$4\r\nAUTH\r\n$9\r\nswordfish\r\n".getBytes(ISO_8859_1));
    assertAnswer(alone, "+OK\r\n");
    RespClient withUser = connect(server);
    withUser.send("*3\r\n$4\r\nAUTH\r\n$7\r\ndefault\r\n$9\r\nswordfish\r\n".getBytes(ISO_8859_1));
    assertAnswer(withUser, "+OK\r\n");
  }

  @Test
  void olderValkeyConnectorGetsBothInOne() {
    RespClient client = client();
    for (String key : new String[] {KEY, "{" + KEY + "}"}) {
      String[] pair = {"MGET", key + ":metadata", key + ":kv_bytes"};
      assertThat(client.ask(pair)).isEqualTo("*2\r\n$-1\r\n$-1\r\n");
      client.sendWith(CHUNK, "SET", key + ":kv_bytes");
      client.sendWith(metadata(), "SET", key + ":metadata");
      assertAnswer(client, "+OK\r\n+OK\r\n");
      assertThat(client.ask("EXISTS", key + ":metadata")).isEqualTo(":1\r\n");
      client.send(RespClient.request(pair));
      assertAnswer(client, "*2\r\n" + bulk(text(metadata())) + bulk(text(CHUNK)));
    }
  }

  @Test
  void newerValkeyConnectorLetsChunksExpire() {
    RespClient client = client();
    client.send(RespClient.request("SET", KEY, text(CHUNK), "EX", "86400"));
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.ask("TTL", KEY)).isEqualTo(":86400\r\n");
    for (int i = 0; i < 20; i++) {
      client.send(RespClient.request("EXISTS", i < 10 ? KEY : KEY + i));
    }
    assertAnswer(client, ":1\r\n".repeat(10) + ":0\r\n".repeat(10));
    client.send(RespClient.request("GET", KEY));
    assertAnswer(client, bulk(text(CHUNK)));
  }

  @Test
  void keyIsTheSameForEveryProtocol() {
    ReactiveChunkStore store = open();
    connect(serve(store)).askWith(CHUNK, "SET", KEY);

    assertThat(store.contains(ChunkKey.of(KEY)).block(SOON)).isTrue();
    io.daxflux.net.RawClient lm =
        new io.daxflux.net.RawClient(
            servers
                .bound(
                    io.daxflux.net.lm.LmServer.bind(
                        store, io.daxflux.net.ServerOptions.builder().build()))
                .address());
    try (lm) {
      ByteBuffer get = ByteBuffer.allocate(186).order(ByteOrder.LITTLE_ENDIAN);
      get.putInt(2).putInt(0).putInt(1).putInt(2).position(36);
      get.put("Qwen/Qwen3-14B@1@0@001A2B3C@bfloat16".getBytes(ISO_8859_1));
      while (get.hasRemaining()) {
        get.put((byte) ' ');
      }
      lm.send(get.array());
      ByteBuffer head = ByteBuffer.wrap(lm.receive(36)).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(head.getInt()).isEqualTo(200);
      assertThat(head.getInt()).isEqualTo(CHUNK.length);
      // Bytes, and no shape that a consumer of KV could place: RESP has no word for one.
      assertThat(new int[] {head.getInt(), head.getInt(), head.getInt(), head.getInt()})
          .containsExactly(4, 6, CHUNK.length, 0);
      assertThat(Arrays.mismatch(lm.receive(CHUNK.length), CHUNK)).isEqualTo(-1);
    }
  }
}
