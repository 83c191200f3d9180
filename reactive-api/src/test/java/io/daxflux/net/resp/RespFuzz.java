package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.fuzz.FuzzedProtocol;
import io.daxflux.reactive.ReactiveChunkStore;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import reactor.core.publisher.Mono;

/** Requests of Redis's protocol, and a client of it that means well. */
public final class RespFuzz implements FuzzedProtocol {
  private static final int KEYS = 40;

  /** Words that mean something to one command or another, and numbers at the edges. */
  private static final String[] WORDS = {
    "EX",
    "PX",
    "EXAT",
    "PXAT",
    "NX",
    "XX",
    "GT",
    "KEEPTTL",
    "GET",
    "MATCH",
    "COUNT",
    "TYPE",
    "*",
    "0",
    "-1",
    "1",
    "9223372036854775807",
    "-9223372036854775808",
    "1e3",
    "",
    " 1",
    "string",
    "SETINFO",
    "SETNAME",
    "INFO",
    "DOCS",
    "ID",
    "maxmemory",
    "ASYNC",
    "2",
    "3",
    "AUTH",
    "default"
  };

  private static final String[] COMMANDS = {
    "GET",
    "SET",
    "MGET",
    "MSET",
    "EXISTS",
    "DEL",
    "UNLINK",
    "STRLEN",
    "GETRANGE",
    "TTL",
    "PTTL",
    "EXPIRE",
    "PEXPIRE",
    "PERSIST",
    "TYPE",
    "SCAN",
    "DBSIZE",
    "INFO",
    "PING",
    "ECHO",
    "AUTH",
    "HELLO",
    "SELECT",
    "CLIENT",
    "CONFIG",
    "COMMAND",
    "FLUSHDB",
    "RESET",
    "QUIT",
    "POST",
    "LPUSH"
  };

  @Override
  public Mono<Server> bind(ReactiveChunkStore store, ServerOptions.Builder options) {
    return RespServer.bind(store, options.build(), RespOptions.DEFAULTS);
  }

  @Override
  public byte[] frame(Random random) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> set(random, random.nextInt(2000));
      case 5 -> set(random, random.nextInt(200_000));
      case 6 -> mset(random);
      case 7, 8, 9 -> RespClient.request("GET", key(random));
      case 10 -> RespClient.request("MGET", key(random), key(random), key(random));
      case 11 -> RespClient.request("DEL", key(random));
      case 12 -> ("SET " + key(random) + " \"typed \\x41\" EX 1\r\n").getBytes(ISO_8859_1);
      case 13 -> promise(random);
      default -> anything(random);
    };
  }

  private static String key(Random random) {
    return "key" + random.nextInt(KEYS);
  }

  private static byte[] set(Random random, int length) {
    String value = value(random, length);
    return switch (random.nextInt(4)) {
      case 0 -> RespClient.request("SET", key(random), value, "PX", "" + random.nextInt(200));
      case 1 -> RespClient.request("SET", key(random), value, word(random), word(random));
      default -> RespClient.request("SET", key(random), value);
    };
  }

  private static byte[] mset(Random random) {
    String[] words = new String[random.nextInt(12) + 1];
    Arrays.setAll(words, i -> i % 2 == 1 ? key(random) : value(random, random.nextInt(300)));
    words[0] = "MSET";
    return RespClient.request(words);
  }

  /** Says that more will come than does, or more than may. */
  private static byte[] promise(Random random) {
    String said = Long.toString(random.nextLong() >> random.nextInt(64));
    return switch (random.nextInt(3)) {
      case 0 -> ("*" + said + "\r\n").getBytes(ISO_8859_1);
      case 1 -> ("*2\r\n$3\r\nGET\r\n$" + said + "\r\n").getBytes(ISO_8859_1);
      default ->
          ("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + random.nextInt(3000) + "\r\n").getBytes(ISO_8859_1);
    };
  }

  private static byte[] anything(Random random) {
    String[] words = new String[1 + random.nextInt(6)];
    Arrays.setAll(words, _ -> random.nextInt(3) == 0 ? key(random) : word(random));
    words[0] = COMMANDS[random.nextInt(COMMANDS.length)];
    return RespClient.request(words);
  }

  private static String word(Random random) {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private static String value(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  @Override
  public void probe(InetSocketAddress address, Random random) {
    try (RespClient client = new RespClient(address)) {
      probe(client, random);
    }
  }

  static void probe(RespClient client, Random random) {
    // A key that nobody else sets.
    String key = "probe" + random.nextInt(1000);
    String value = value(random, random.nextInt(20_000));
    assertThat(client.ask("SET", key, value)).isEqualTo("+OK\r\n");
    assertThat(client.ask("GET", key)).isEqualTo(RespClient.bulk(value));
  }

  @Override
  public String toString() {
    return "resp";
  }
}
