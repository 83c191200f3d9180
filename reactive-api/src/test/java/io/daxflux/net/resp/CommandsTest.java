package io.daxflux.net.resp;

import static io.daxflux.net.resp.RespClient.bulk;
import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What each command answers; {@link SideBySideTest} holds the rest of it against Redis. */
class CommandsTest extends RespTest {
  private static final String OK = "+OK\r\n";
  private static final String NIL = "$-1\r\n";

  @Test
  void keysAreAsLongAsTheServerWantsThem() {
    RespClient client = connect(serve(open(), options -> options.mostKeyBytes(10)));

    assertThat(client.ask("SET", "k".repeat(10), "v")).isEqualTo("+OK\r\n");
    assertThat(client.ask("SET", "k".repeat(11), "v"))
        .isEqualTo("-ERR key: expected 1 to 10 bytes, found 11\r\n");
    assertThat(client.ask("GET", "k".repeat(11)))
        .isEqualTo("-ERR key: expected 1 to 10 bytes, found 11\r\n");
  }

  @Test
  void patternsAndNamesAreBounded() {
    RespClient client = client();
    String[] names = new String[2 + 257];
    Arrays.fill(names, "timeout");
    names[0] = "CONFIG";
    names[1] = "GET";

    assertThat(client.ask("CONFIG", "GET", "x".repeat(1025)))
        .isEqualTo("-ERR pattern: expected at most 1024 bytes, found 1025\r\n");
    assertThat(client.ask("SCAN", "0", "MATCH", "x".repeat(1025)))
        .isEqualTo("-ERR pattern: expected at most 1024 bytes, found 1025\r\n");
    assertThat(client.ask(names)).isEqualTo("-ERR names: expected at most 256, found more\r\n");
    names[0] = "COMMAND";
    names[1] = "INFO";
    assertThat(client.ask(names)).isEqualTo("-ERR names: expected at most 256, found more\r\n");
    names[1] = "DOCS";
    assertThat(client.ask(names)).isEqualTo("-ERR names: expected at most 256, found more\r\n");
    names[0] = "CONFIG";
    names[1] = "GET";
    assertThat(client.ask(Arrays.copyOf(names, 2 + 256))).startsWith("*2\r\n$7\r\ntimeout\r\n");
  }

  @Test
  void valuesAreSetAndGot() {
    RespClient client = client();

    assertThat(client.ask("GET", "k")).isEqualTo(NIL);
    assertThat(client.ask("SET", "k", "value")).isEqualTo(OK);
    assertThat(client.ask("GET", "k")).isEqualTo(bulk("value"));
    assertThat(client.ask("SET", "k", "")).isEqualTo(OK);
    assertThat(client.ask("GET", "k")).isEqualTo("$0\r\n\r\n");
    assertThat(client.ask("STRLEN", "k")).isEqualTo(":0\r\n");
    assertThat(client.ask("TYPE", "k")).isEqualTo("+string\r\n");
    assertThat(client.ask("TYPE", "absent")).isEqualTo("+none\r\n");
  }

  @Test
  void setKeepsItsConditions() {
    RespClient client = client();

    assertThat(client.ask("SET", "k", "1", "XX")).isEqualTo(NIL);
    assertThat(client.ask("SET", "k", "2", "NX", "GET")).isEqualTo(NIL);
    assertThat(client.ask("SET", "k", "3", "NX")).isEqualTo(NIL);
    assertThat(client.ask("SET", "k", "4", "NX", "GET")).isEqualTo(bulk("2"));
    assertThat(client.ask("SET", "k", "5", "XX", "GET")).isEqualTo(bulk("2"));
    assertThat(client.ask("GET", "k")).isEqualTo(bulk("5"));
    assertThat(client.ask("SET", "k", "6", "NX", "XX")).isEqualTo("-ERR syntax error\r\n");
    assertThat(client.ask("GET", "k")).isEqualTo(bulk("5"));
  }

  @Test
  void conditionIsDecidedByTheRequestsAhead() {
    RespClient client = client();
    client.ask("SET", "k", "1");

    client.send(
        RespClient.request("DEL", "k"),
        RespClient.request("SET", "k", "2", "NX"),
        RespClient.request("SET", "k", "3", "NX"),
        RespClient.request("GET", "k"),
        RespClient.request("DEL", "k"),
        RespClient.request("SET", "k", "4", "XX"),
        RespClient.request("EXISTS", "k"));
    assertThat(client.reply()).isEqualTo(":1\r\n");
    assertThat(client.reply()).isEqualTo(OK);
    assertThat(client.reply()).isEqualTo(NIL);
    assertThat(client.reply()).isEqualTo(bulk("2"));
    assertThat(client.reply()).isEqualTo(":1\r\n");
    assertThat(client.reply()).isEqualTo(NIL);
    assertThat(client.reply()).isEqualTo(":0\r\n");
  }

  @Test
  void severalAreSetAndGotAtOnce() {
    RespClient client = client();

    assertThat(client.ask("MSET", "a", "1", "b", "2", "a", "3")).isEqualTo(OK);
    assertThat(client.ask("MGET", "a", "absent", "b", "a"))
        .isEqualTo("*4\r\n" + bulk("3") + NIL + bulk("2") + bulk("3"));
    assertThat(client.ask("EXISTS", "a", "b", "absent", "a")).isEqualTo(":3\r\n");
    assertThat(client.ask("DBSIZE")).isEqualTo(":2\r\n");
    assertThat(client.ask("DEL", "a", "a", "absent")).isEqualTo(":1\r\n");
    assertThat(client.ask("UNLINK", "a", "b")).isEqualTo(":1\r\n");
    assertThat(client.ask("MSET", "a", "1", "b"))
        .isEqualTo("-ERR wrong number of arguments for 'mset' command\r\n");
    assertThat(client.ask("DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void rangeCountsFromEitherEnd() {
    RespClient client = client();
    client.ask("SET", "k", "Hello, world");

    assertThat(client.ask("GETRANGE", "k", "0", "4")).isEqualTo(bulk("Hello"));
    assertThat(client.ask("GETRANGE", "k", "-5", "-1")).isEqualTo(bulk("world"));
    assertThat(client.ask("GETRANGE", "k", "7", "1000")).isEqualTo(bulk("world"));
    assertThat(client.ask("GETRANGE", "k", "5", "3")).isEqualTo(bulk(""));
    assertThat(client.ask("GETRANGE", "absent", "0", "-1")).isEqualTo(bulk(""));
  }

  @Test
  void scanMeetsEveryKeyOnce() {
    RespClient client = client();
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      client.ask("SET", "key-" + i, "v");
      expected.add("key-" + i);
    }
    client.ask("SET", "other", "v");

    Set<String> found = new TreeSet<>();
    String cursor = "0";
    do {
      String page = client.ask("SCAN", cursor, "MATCH", "key-*", "COUNT", "7");
      Matcher words = Pattern.compile("\\$\\d+\r\n([^\r]*)\r\n").matcher(page);
      assertThat(words.find()).isTrue();
      cursor = words.group(1);
      while (words.find()) {
        found.add(words.group(1));
      }
    } while (!cursor.equals("0"));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void keysOfAllLengthsAreTaken() {
    RespClient client = client();
    String longest = "k".repeat(ChunkKey.MAX_BYTES);

    assertThat(client.ask("SET", longest, "v")).isEqualTo(OK);
    assertThat(client.ask("GET", longest)).isEqualTo(bulk("v"));
    assertThat(client.ask("SET", longest + "k", "v"))
        .isEqualTo("-ERR key: expected 1 to 4096 bytes, found 4097\r\n");
    assertThat(client.ask("SET", "", "v"))
        .isEqualTo("-ERR key: expected 1 to 4096 bytes, found 0\r\n");
    assertThat(client.ask("SET", "\u0000\u00ff\r\n", "v")).isEqualTo(OK);
    assertThat(client.ask("GET", "\u0000\u00ff\r\n")).isEqualTo(bulk("v"));
  }

  @Test
  void flushRemovesAllWhereItIsAllowedOnly() {
    ReactiveChunkStore store = open();
    RespClient allowed = connect(serve(store));
    RespClient other =
        connect(
            servers.bound(RespServer.bind(store, io.daxflux.net.ServerOptions.builder().build())));
    allowed.ask("MSET", "a", "1", "b", "2");

    assertThat(other.ask("FLUSHDB"))
        .isEqualTo("-ERR unknown command 'FLUSHDB', with args beginning with: \r\n");
    assertThat(other.ask("DBSIZE")).isEqualTo(":2\r\n");
    assertThat(allowed.ask("FLUSHDB")).isEqualTo(OK);
    assertThat(other.ask("DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void chunkOfAnyLayoutIsItsBytes() {
    ReactiveChunkStore store = open();
    byte[] bytes = Chunks.bytesOf("m@1@0@ff@half", 2 * 3 * 4 * 2);
    ChunkLayout layout = ChunkLayout.of(TensorLayout.of(DType.HALF, KvFormat.KV_2LTD, 2, 1, 3, 4));
    store
        .put(
            Chunk.builder(ChunkKey.of("m@1@0@ff@half"), layout)
                .payload(MemorySegment.ofArray(bytes))
                .build())
        .block(SOON);
    RespClient client = connect(serve(store));

    assertThat(client.ask("GET", "m@1@0@ff@half"))
        .isEqualTo(bulk(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)));
    assertThat(client.ask("STRLEN", "m@1@0@ff@half")).isEqualTo(":48\r\n");
  }

  @Test
  void infoTellsOfStoreAndClients() {
    RespClient client = client();
    client.ask("SET", "k", "value");

    assertThat(client.ask("INFO"))
        .startsWith("$")
        .contains("\r\nredis_version:7.0.15\r\n")
        .contains("\r\nconnected_clients:1\r\n")
        .contains("\r\nrole:master\r\n")
        .contains("\r\nmaxmemory:16777216\r\n")
        .contains("\r\ndb0:keys=1\r\n");
    assertThat(client.ask("INFO", "keyspace")).isEqualTo(bulk("# Keyspace\r\ndb0:keys=1\r\n"));
    client.ask("HELLO", "3");
    assertThat(client.ask("INFO", "replication")).startsWith("=").contains("txt:# Replication\r\n");
  }

  @Test
  void clientIsWhoItSaysItIs() {
    RespClient client = client();
    client.ask("CLIENT", "SETNAME", "me");
    client.ask("CLIENT", "SETINFO", "LIB-NAME", "test");
    client.ask("CLIENT", "SETINFO", "lib-ver", "1.0");

    assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo(bulk("me"));
    assertThat(client.ask("CLIENT", "ID")).isEqualTo(":1\r\n");
    assertThat(client.ask("CLIENT", "INFO"))
        .contains("id=1 addr=127.0.0.1:", " name=me ", " resp=2 lib-name=test lib-ver=1.0\n");
    assertThat(client.ask("CLIENT", "SETINFO", "LIB-NAME", "a b"))
        .isEqualTo("-ERR lib-name cannot contain spaces, newlines or special characters.\r\n");
    assertThat(client.ask("CLIENT", "SETINFO", "x", "y"))
        .isEqualTo("-ERR Unrecognized option 'x'\r\n");
    assertThat(client.ask("RESET")).isEqualTo("+RESET\r\n");
    assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo(NIL);
  }

  @Test
  void commandsDescribeThemselves() {
    RespClient client = client();

    assertThat(client.ask("COMMAND", "COUNT")).isEqualTo(":29\r\n");
    assertThat(client.ask("COMMAND")).startsWith("*29\r\n*10\r\n$4\r\nauth\r\n:-2\r\n");
    assertThat(client.ask("COMMAND", "LIST")).startsWith("*29\r\n").contains(bulk("flushdb"));
    assertThat(client.ask("COMMAND", "INFO", "get", "nosuch", "MSET"))
        .isEqualTo(
            "*3\r\n*10\r\n$3\r\nget\r\n:2\r\n*2\r\n+readonly\r\n+fast\r\n:1\r\n:1\r\n:1\r\n"
                + "*3\r\n+@read\r\n+@string\r\n+@fast\r\n*0\r\n*0\r\n*0\r\n$-1\r\n"
                + "*10\r\n$4\r\nmset\r\n:-3\r\n*2\r\n+write\r\n+denyoom\r\n:1\r\n:-1\r\n:2\r\n"
                + "*3\r\n+@write\r\n+@string\r\n+@slow\r\n*0\r\n*0\r\n*0\r\n");
    assertThat(client.ask("COMMAND", "INFO", "client")).contains(bulk("client|setinfo"));
    assertThat(client.ask("COMMAND", "DOCS", "dbsize"))
        .startsWith("*2\r\n" + bulk("dbsize") + "*6\r\n" + bulk("summary"));
  }

  @Test
  void unknownCommandIsQuotedInOneLine() {
    RespClient client = client();

    assertThat(client.ask("LPUSH", "list", "a\r\nb"))
        .isEqualTo("-ERR unknown command 'LPUSH', with args beginning with: 'list' 'a  b' \r\n");
    assertThat(client.ask("get")).isEqualTo("-ERR wrong number of arguments for 'get' command\r\n");
    assertThat(client.ask("CLIENT", "NOPE"))
        .isEqualTo("-ERR unknown subcommand 'NOPE'. Try CLIENT HELP.\r\n");
    assertThat(client.ask("PING")).isEqualTo("+PONG\r\n");
  }
}
