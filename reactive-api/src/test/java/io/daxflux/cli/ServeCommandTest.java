package io.daxflux.cli;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keysOf;
import static io.daxflux.reactive.Chunks.putAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.net.RawClient;
import io.daxflux.net.TestCertificates;
import io.daxflux.net.lm.LmBytes;
import io.daxflux.net.lm.LmClient;
import io.daxflux.net.wire.RemoteChunkStore;
import io.daxflux.net.wire.RemoteOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve}, and {@code ping} against it, within this process. */
class ServeCommandTest {
  private static final String KEY = LmBytes.key("1a");

  @TempDir Path folder;

  private CommandRun run = CommandRun.of("--version");

  private CommandRun serve(String words) {
    run = CommandRun.serving(("serve " + words).split(" "));
    assertThat(run.addresses()).as("%s", run.err()).isNotEmpty();
    return run;
  }

  @AfterEach
  void stop() {
    assertThat(run.stop().exitCode()).isZero();
    assertThat(run.err()).isEmpty();
  }

  private LmClient client() {
    return new LmClient(addressOf(run.addresses().getFirst()));
  }

  private static InetSocketAddress addressOf(String url) {
    URI address = URI.create(url);
    return new InetSocketAddress(address.getHost(), address.getPort());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private CommandRun ping(String... more) {
    String words = "ping " + run.addresses().getFirst() + " " + String.join(" ", more);
    return CommandRun.of(words.strip().split(" "));
  }

  @Test
  void whatWasStoredIsFoundByTheNextThatServes() {
    Path device = folder.resolve("arena");
    String words = "--device " + device + " --size 4MiB --lm 127.0.0.1:0";
    serve(words);
    assertThat(run.out().getFirst()).isEqualTo("store of 4 MiB on " + device + ", 0 chunks found");
    byte[] payload = bytesOf("p", 100_000);
    try (LmClient client = client()) {
      client.put(KEY, payload).settle();
    }
    assertThat(run.stop().exitCode()).isZero();

    serve(words);
    assertThat(run.out().getFirst()).endsWith(", 1 chunks found");
    try (LmClient client = client()) {
      client.askFor(KEY).expect(payload);
    }
  }

  @Test
  void optionsWinOverTheFileAndTheFileOverDefaults() throws IOException {
    Path device = folder.resolve("arena");
    Path file =
        Files.writeString(
            folder.resolve("daxflux.yaml"),
            """
            chunk_size: 256
            local_cpu: false
            max_local_cpu_size: 16
            storage_plugins: ["dax"]
            extra_config:
              dax.device_path: /absent/arena
              dax.max_dax_size: 5MiB
              dax.block_size: 4KiB
            serve:
              lm: 127.0.0.1:1
              max-connections: 1
              drain: 1s
            """);
    serve("--config " + file + " --lm 127.0.0.1:0 --device " + device);
    assertThat(run.out().getFirst()).startsWith("store of 5 MiB on " + device);
    try (LmClient first = client()) {
      first.settle();
      try (LmClient second = client()) {
        assertThat(second.receiveRest()).isEmpty();
      }
    }
    run.stop();
    assertThat(run.exitCode()).isZero();
    assertThat(CommandRun.of("inspect", "--device", device.toString()).out())
        .anyMatch(line -> line.contains("blocks of 4096 bytes"));
  }

  @Test
  void theReadyFileIsThereWhileItListens() {
    Path ready = folder.resolve("ready");
    serve("--device memory: --size 4MiB --lm 127.0.0.1:0 --ready-file " + ready);
    Awaitility.await().atMost(SOON).until(() -> Files.exists(ready));
    assertThat(ready).hasContent(run.addresses().getFirst());
    assertThat(run.stop().exitCode()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStopDoesNotWaitForClientsBeyondTheDrain() {
    serve("--device memory: --size 4MiB --lm 127.0.0.1:0 --drain 50ms");
    try (LmClient slow = client()) {
      slow.settle().send(LmBytes.put(1000, KEY), new byte[500]);
      assertThat(run.stop().exitCode()).isZero();
    }
  }

  @Test
  void anAddressThatIsTakenIsOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      CommandRun refused =
          CommandRun.of(("serve --device memory: --size 4MiB --lm 127.0.0.1:" + port).split(" "));
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .containsExactly(
              "daxflux: --lm: expected to listen on 127.0.0.1:"
                  + port
                  + ", found: Address already in use");
    }
  }

  @Test
  void aHostThatIsUnknownIsOneLine() {
    CommandRun refused =
        CommandRun.of("serve --device memory: --size 4MiB --lm no.such.invalid:1".split(" "));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .containsExactly(
            "daxflux: --lm: expected to listen on no.such.invalid:1, found: an unknown host");
  }

  @Test
  void pingEndsWithZeroWhileItServesAndWithOneOtherwise() {
    serve("--device memory: --size 4MiB --lm 127.0.0.1:0");
    CommandRun alive = ping();
    assertThat(alive.exitCode()).as("%s", alive.err()).isZero();
    assertThat(alive.out()).containsExactly(run.addresses().getFirst() + ": alive");

    assertThat(run.stop().exitCode()).isZero();
    CommandRun gone = ping();
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err())
        .containsExactly(
            "daxflux: "
                + run.addresses().getFirst()
                + ": expected an answer, found: Connection refused");
  }

  @Test
  void pingProvesItselfToAServerThatAsksForIt() {
    TestCertificates certificates = new TestCertificates(folder);
    TestCertificates.Identity server = certificates.make("server");
    TestCertificates.Identity client = certificates.make("client");
    serve(
        "--device memory: --size 4MiB --lm 127.0.0.1:0 --tls-cert %s --tls-key %s --tls-client-ca %s"
            .formatted(server.certificate(), server.key(), client.certificate()));
    String trust = "--tls-ca " + server.certificate();
    CommandRun alive =
        ping(trust, "--tls-cert " + client.certificate(), "--tls-key " + client.key());
    assertThat(alive.exitCode()).as("%s", alive.err()).isZero();
    assertThat(ping(trust).exitCode()).isEqualTo(1);
    assertThat(ping().exitCode()).isEqualTo(1);
  }

  @Test
  void allProtocolsServeOneStoreEachToWhomItMay() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "open sesame\nand no more\n");
    serve(
        "--device memory: --size 4MiB --lm 127.0.0.1:0 --resp 127.0.0.1:0 --password-file "
            + password);
    assertThat(run.addresses())
        .satisfiesExactly(
            lm -> assertThat(lm).startsWith("lm://127.0.0.1:"),
            resp -> assertThat(resp).startsWith("resp://127.0.0.1:"));
    assertThat(ping().exitCode()).isZero();

    String resp = run.addresses().getLast();
    CommandRun known = CommandRun.of("ping", resp, "--password-file", password.toString());
    assertThat(known.exitCode()).as("%s", known.err()).isZero();
    CommandRun unknown = CommandRun.of("ping", resp);
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err())
        .containsExactly("daxflux: " + resp + ": expected an answer, found '-NOAUTH'");

    try (LmClient lm = client()) {
      lm.put(KEY, bytesOf("p", 1000)).settle();
    }
    try (RawClient client = new RawClient(addressOf(resp))) {
      client.send(ascii("AUTH \"open sesame\"\r\nDBSIZE\r\nFLUSHDB\r\n"));
      String replies = "+OK\r\n:1\r\n-ERR unknown command";
      assertThat(client.receive(replies.length())).asString().isEqualTo(replies);
    }
  }

  @Test
  void javaProgramsHaveTheStoreElsewhere() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "open sesame");
    serve("--device memory: --size 4MiB --wire 127.0.0.1:0 --password-file " + password);
    String url = run.addresses().getFirst();
    assertThat(url).startsWith("daxflux://127.0.0.1:");
    CommandRun alive = ping("--password-file " + password);
    assertThat(alive.exitCode()).as("%s", alive.err()).isZero();
    CommandRun refused = ping();
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .startsWith("daxflux: " + url + ": expected an answer, found '")
        .contains("another secret");

    InetSocketAddress address = addressOf(url);
    ReactiveChunkStore remote =
        RemoteChunkStore.open(
                RemoteOptions.builder(address.getHostString(), address.getPort())
                    .secret("open sesame")
                    .outputBudgetBytes(1 << 20)
                    .build())
            .block(SOON);
    try {
      List<Chunk> chunks = chunksOf("c", 5, 10_000);
      putAll(remote, chunks);
      try (RestoredBatch restored = remote.restoreAll(keysOf("c", 5)).block(SOON)) {
        assertThat(restored.hits()).hasSize(5);
        assertThat(restored.holes()).isEmpty();
      }
    } finally {
      remote.close().block(SOON);
    }
  }

  @Test
  void flushIsThereWhereItIsAllowed() {
    serve("--device memory: --size 4MiB --resp 127.0.0.1:0 --allow-flush");
    try (RawClient client = new RawClient(addressOf(run.addresses().getFirst()))) {
      client.send(ascii("SET a b\r\nFLUSHDB\r\nDBSIZE\r\n"));
      String replies = "+OK\r\n+OK\r\n:0\r\n";
      assertThat(client.receive(replies.length())).asString().isEqualTo(replies);
    }
  }

  @Test
  void pingGivesUpOnAServerThatDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun late =
          CommandRun.of("ping", "lm://127.0.0.1:" + silent.getLocalPort(), "--timeout", "50ms");
      assertThat(late.exitCode()).isEqualTo(1);
      assertThat(late.err()).singleElement().asString().contains("expected an answer, found: ");
    }
  }
}
