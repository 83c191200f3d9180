package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One script for Redis and for us: what differs is written down in it, with the reason. */
class SideBySideTest extends RespTest {
  /** Ids count clients, and how many there were before does not matter. */
  private static final String ID = "(\\$2\r\nid\r\n):\\d+";

  private final List<String> faults = new ArrayList<>();

  @Test
  void repliesAreThoseOfRedis() throws IOException {
    stores.expectLog("Protocol error");
    InetSocketAddress ours = serve(open()).address();
    try (RedisProcess redis = RedisProcess.start()) {
      Both both = new Both(redis.address(), ours);
      String reason = null;
      int commands = 0;
      for (String line : script()) {
        if (line.startsWith("! ")) {
          reason = line.substring(2);
        } else if (line.equals("end")) {
          both.end();
          both = new Both(redis.address(), ours);
        } else {
          both.give(line, reason);
          reason = null;
          commands++;
        }
      }
      both.close();
      assertThat(commands).isGreaterThan(300);
    }

    assertThat(faults).isEmpty();
  }

  private static List<String> script() throws IOException {
    try (InputStream in = SideBySideTest.class.getResourceAsStream("commands.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  /** A client of each. */
  private final class Both {
    private final RespClient redis;
    private final RespClient ours;
    private String last = "";

    Both(InetSocketAddress redis, InetSocketAddress ours) {
      this.redis = new RespClient(redis);
      this.ours = new RespClient(ours);
    }

    void give(String line, @Nullable String reason) {
      last = line;
      byte[] bytes = bytesOf(line);
      redis.send(bytes);
      ours.send(bytes);
      if (bytes.length == 0) {
        return;
      }
      String expected = redis.reply().replaceAll(ID, "$1:N");
      String found = ours.reply().replaceAll(ID, "$1:N");
      if (expected.equals(found) == (reason != null)) {
        faults.add(
            line
                + (reason == null ? "" : "\n  should differ: " + reason)
                + "\n  Redis: "
                + visible(expected)
                + "\n  ours:  "
                + visible(found));
      }
    }

    private byte[] bytesOf(String line) {
      List<byte[]> words = InlineWords.of(line.getBytes(UTF_8));
      if (line.startsWith("raw ")) {
        return words.get(1);
      }
      return RespClient.request(
          words.stream().map(word -> new String(word, ISO_8859_1)).toArray(String[]::new));
    }

    private static String visible(String reply) {
      return reply.replace("\r\n", "\u23ce");
    }

    /** Both have closed, after the same bytes. */
    void end() {
      String expected = new String(redis.receiveRest(), ISO_8859_1);
      String found = new String(ours.receiveRest(), ISO_8859_1);
      if (!expected.equals(found)) {
        faults.add("the end of " + last + "\n  Redis: " + expected + "\n  ours:  " + found);
      }
      close();
    }

    void close() {
      redis.close();
      ours.close();
    }
  }
}
