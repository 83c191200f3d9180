package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.Server;
import io.daxflux.net.TestCertificates;
import io.daxflux.net.TestCertificates.Identity;
import io.daxflux.net.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis's own tools, as they come with Debian. */
class RedisToolsTest extends RespTest {
  private static String run(Server server, String program, String... arguments) {
    DebianPackage.require(program);
    List<String> command = new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p"));
    command.add(Integer.toString(server.address().getPort()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).describedAs(output).isZero();
      return output.strip();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(program, failed);
    }
  }

  @Test
  void commandLineAsks() {
    Server server = serve(open());

    assertThat(run(server, "redis-cli", "PING")).isEqualTo("PONG");
    assertThat(run(server, "redis-cli", "SET", "k", "value", "EX", "100")).isEqualTo("OK");
    assertThat(run(server, "redis-cli", "GET", "k")).isEqualTo("value");
    assertThat(run(server, "redis-cli", "TTL", "k")).isIn("100", "99");
    assertThat(run(server, "redis-cli", "-3", "MGET", "k", "absent")).isEqualTo("value");
    assertThat(run(server, "redis-cli", "--scan", "--pattern", "k*")).isEqualTo("k");
    assertThat(run(server, "redis-cli", "LPUSH", "l", "1")).startsWith("ERR unknown command");
    assertThat(run(server, "redis-cli", "INFO", "keyspace")).contains("db0:keys=1");
    assertThat(run(server, "redis-cli", "--bigkeys")).contains("Biggest string found");
  }

  @Test
  void commandLineAsksEncrypted(@TempDir Path folder) {
    TestCertificates certificates = new TestCertificates(folder);
    Identity known = certificates.make("server");
    Identity client = certificates.make("client");
    TlsFiles files = TlsFiles.of(known.certificate(), known.key()).requiring(client.certificate());
    Server server = serve(open(), options -> options.tls(files));
    List<String> tls =
        List.of(
            "--tls",
            "--cacert",
            known.certificate().toString(),
            "--cert",
            client.certificate().toString(),
            "--key",
            client.key().toString());

    assertThat(run(server, "redis-cli", with(tls, "SET", "k", "value"))).isEqualTo("OK");
    assertThat(run(server, "redis-cli", with(tls, "GET", "k"))).isEqualTo("value");
  }

  private static String[] with(List<String> options, String... words) {
    return Stream.concat(options.stream(), Stream.of(words)).toArray(String[]::new);
  }

  @Test
  void benchmarkRuns() {
    // Room for what all of its fifty clients send at once.
    Server server = serve(stores.spec().arena(128 << 20).open());

    String small = run(server, "redis-benchmark", "-t", "ping,set,get,mset", "-n", "2000", "-q");
    assertThat(small).contains("SET: ", "GET: ", "MSET (10 keys): ").doesNotContain("rror");
    String pipelined =
        run(server, "redis-benchmark", "-t", "set,get", "-n", "5000", "-P", "50", "-q");
    assertThat(pipelined).contains("GET: ").doesNotContain("rror");
    String large =
        run(server, "redis-benchmark", "-t", "set,get", "-n", "100", "-d", "1048576", "-q");
    assertThat(large).contains("GET: ").doesNotContain("rror");
    assertThat(server.counters().malformed()).isZero();
  }
}
