package io.daxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not right is one line that names it, and exit code 2. */
class BadInputTest {
  private static final String SERVE = "serve --lm 127.0.0.1:0 --device memory: ";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | expected a command, one of serve, format, inspect, verify, bench, ping",
        "sreve | Unmatched argument at index 0: 'sreve'",
        "serve --foo | Unknown option: '--foo'",
        "serve --config | Missing required parameter for option '--config' (FILE)",
        "serve --config /absent | /absent: expected a file, found none",
        "serve --device memory: --size 1GiB | serve: expected at least one of --lm, --resp and"
            + " --wire",
        "serve --lm 1 | '--lm': expected HOST:PORT such as 127.0.0.1:65432, found '1'",
        "serve --lm [::1] | '--lm': expected HOST:PORT such as 127.0.0.1:65432, found '[::1]'",
        "serve --lm h:65536 | '--lm': expected HOST:PORT such as 127.0.0.1:65432, found 'h:65536'",
        "serve --lm h:1 | --device: expected a path or memory:, found nothing",
        SERVE + "| --size: expected a number of GiB greater than 0, found nothing",
        SERVE + "--size 2GB | --size: expected a number of GiB greater than 0, found '2GB'",
        SERVE + "--size 1GiB --set x | should be in KEY=VALUE format but was x",
        SERVE + "--size 1GiB --set x=1 | --set x: expected a key of docs/configuration.md",
        SERVE + "--size 1GiB --set dax.x=1 | --set dax.x: expected a known key such as",
        SERVE + "--size 1GiB --set cache_policy=x | --set cache_policy: expected one of LRU",
        SERVE + "--size 1GiB --drain x | '--drain': expected a duration of at least 0",
        SERVE + "--size 1GiB --max-value 0 | '--max-value': expected a number of bytes",
        SERVE + "--size 1GiB --max-connections 0 | '--max-connections': expected a whole number",
        SERVE + "--size 1GiB --tls-key k | --tls-cert: expected a certificate",
        SERVE + "--size 1GiB --tls-cert c | --tls-key: expected the certificate's private key",
        SERVE + "--size 8MiB --tls-cert /c --tls-key /k | --tls-cert: expected a file that can be",
        SERVE
            + "--size 8MiB --tls-cert /etc/hostname --tls-key /k | --tls-cert: expected"
            + " certificates in PEM, found none in /etc/hostname",
        SERVE + "--size 1GiB --write-timeout 0 | --write-timeout: expected a duration greater than",
        SERVE + "--size 1GiB --request-timeout 0 | --request-timeout: expected a duration greater",
        SERVE + "--size 1GiB --idle-timeout 400d | --idle-timeout: expected a duration from 0",
        SERVE + "--size 1GiB --max-value 2GiB | --max-value: expected 0 to 1073741824",
        SERVE + "--size 1GiB --ready-file / | --ready-file: expected a file, found a directory",
        SERVE + "--size 1GiB --ready-file /absent/x | --ready-file: expected a file in a directory",
        SERVE + "--size 1GiB --ready-file= | '--ready-file': expected a file, found ''",
        SERVE + "--size 1GiB --password-file= | '--password-file': expected a file, found ''",
        "serve --config= | '--config': expected a file, found ''",
        SERVE
            + "--size 1GiB --password-file /absent | --password-file: expected a file, found none",
        "serve --lm h:1 --password-file /etc/hostname | --password-file: expected a server that",
        "serve --lm 10.0.0.1:1 --resp h:1 --password-file /etc/hostname | --lm: expected a"
            + " loopback",
        "format --device memory: --size 1GiB | --device: expected a device or a file, found"
            + " memory:",
        "inspect | Missing required option: '--device=PATH'",
        "inspect --device /absent | /absent: asked for an existing file or device, found none",
        "verify --device memory: | memory: asked for a device or file to read",
        "verify --device x --threads 0 | '--threads': expected a whole number of at least 1",
        "bench --device memory: --size 8MiB | --chunk: expected at most 6 MiB (--total",
        "bench --device memory: --size 1GiB --chunk x | '--chunk': expected a number of bytes",
        "ping | Missing required parameter: 'URL'",
        "ping lm://127.0.0.1 | URL: expected lm://HOST:PORT, resp://HOST:PORT, daxflux://HOST:PORT",
        "ping http://127.0.0.1:80 | URL: expected lm://HOST:PORT, resp://HOST:PORT,"
            + " daxflux://HOST:PORT",
        "ping lm://me@127.0.0.1:1 | URL: expected lm://HOST:PORT",
        "ping lm://127.0.0.1:1 --timeout x | '--timeout': expected a duration of at least 0",
        "ping lm://127.0.0.1:1 --password-file /etc/hostname | --password-file: expected a server"
            + " that asks for one",
        "ping lm://127.0.0.1:1 --tls-ca /absent | --tls-ca: expected a file that can be read",
        "ping lm://127.0.0.1:1 --tls-ca /etc/hostname | --tls-ca: expected certificates in PEM,"
            + " found none in /etc/hostname",
        "ping lm://127.0.0.1:1 --tls-cert c | --tls-key: expected the certificate's private key",
        "ping lm://127.0.0.1:1 --tls-cert c --tls-key k | --tls-ca: expected the authorities",
      })
  void badInputIsOneLineAndExitCode2(String words, String line) {
    CommandRun run = CommandRun.of(words.isEmpty() ? new String[0] : words.split(" "));
    assertThat(run.exitCode()).as("%s", run.err()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("daxflux: ")
        .contains(line)
        .doesNotContain("Exception");
    assertThat(run.out()).isEmpty();
  }

  /** A socket's own timeout is some weeks at the most. */
  @Test
  void pingMayBeGivenAnyTime() {
    CommandRun run = CommandRun.of("ping", "lm://127.0.0.1:1", "--timeout", "30d");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .containsExactly(
            "daxflux: lm://127.0.0.1:1: expected an answer, found: Connection refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve: 1 | FILE, serve: expected a map, found something else",
        "serve: {ml: 1} | FILE, serve.ml: expected a setting of serve, by the name of its option",
        "serve: {device: x} | FILE, serve.device: expected a setting of serve",
        "serve: {lm: [1]} | FILE, serve.lm: expected a single value, found several",
        "serve: {lm: 1} | '--lm': expected HOST:PORT such as 127.0.0.1:65432, found '1'",
        "'serve: {lm: h:1}' | extra_config['dax.max_dax_size']: expected a number of GiB",
        "'{serve: {lm: \"h:1\"}, extra_config: 1}' | extra_config: expected a map, found 1",
        "a: b: c | expected YAML, found a fault",
      })
  void whatIsWrongInAFileIsNamedByItsPlace(String yaml, String line) throws IOException {
    Path file = Files.writeString(folder.resolve("daxflux.yaml"), yaml);
    CommandRun run = CommandRun.of("serve", "--config", file.toString(), "--device", "memory:");
    assertThat(run.exitCode()).as("%s", run.err()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains(line.replace("FILE", file.toString()));
  }

  @Test
  void helpIsToBeHadOfEveryCommand() {
    for (String command : CommandRun.unused().commandLine().getSubcommands().keySet()) {
      CommandRun run = CommandRun.of(command, "--help");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().getFirst()).startsWith("Usage: daxflux " + command);
      assertThat(run.err()).isEmpty();
    }
  }
}
