package io.daxflux.cli;

import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daxflux.net.lm.LmBytes;
import io.daxflux.net.lm.LmClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, as processes. */
class CommandJarIT {
  private static final int JAVA_8 = 52;
  private static final String KEY = LmBytes.key("1a");

  @TempDir Path folder;

  private String[] serve(String more) {
    String words = "serve --device %s --lm 127.0.0.1:0 %s";
    return words.formatted(folder.resolve("arena"), more).strip().split(" ");
  }

  private static LmClient clientOf(JarProcess server) {
    URI address = URI.create(server.awaitLine("listening on "));
    return new LmClient(new InetSocketAddress(address.getHost(), address.getPort()));
  }

  @Test
  void sigtermEndsItInOrderAndARestartFindsTheChunks() throws IOException {
    byte[] payload = bytesOf("p", 3_000_000);
    try (JarProcess server = JarProcess.start(serve("--size 16MiB"))) {
      try (LmClient client = clientOf(server)) {
        client.put(KEY, payload).settle();
        assertThat(server.terminate().exitCode()).isZero();
        assertThat(client.receiveRest()).isEmpty();
      }
      assertThat(server.out()).isEmpty();
      assertThat(server.err()).isEmpty();
    }
    try (JarProcess inspection =
        JarProcess.start("inspect", "--device", folder.resolve("arena").toString())) {
      assertThat(inspection.out())
          .anyMatch(line -> line.endsWith("closed in order"))
          .anyMatch(line -> line.startsWith("chunks: 1 of 3000000 bytes"));
      assertThat(inspection.exitCode()).isZero();
    }
    try (JarProcess server = JarProcess.start(serve("--size 16MiB"))) {
      try (LmClient client = clientOf(server)) {
        client.askFor(KEY).expect(payload);
      }
      assertThat(server.terminate().exitCode()).isZero();
    }
  }

  @Test
  void aKilledServerHasLostNothingThatItSaid() throws Exception {
    byte[] payload = bytesOf("p", 100_000);
    try (JarProcess server = JarProcess.start(serve("--size 16MiB"))) {
      try (LmClient client = clientOf(server)) {
        client.put(KEY, payload).settle();
        server.kill();
      }
    }
    try (JarProcess server = JarProcess.start(serve("--size 16MiB -v"))) {
      try (LmClient client = clientOf(server)) {
        client.askFor(KEY).expect(payload);
      }
      assertThat(server.terminate().exitCode()).isZero();
      assertThat(server.err())
          .anyMatch(line -> line.contains(" INFO ") && line.contains("found 1 chunks in"));
    }
  }

  @Test
  void requestsUnderWayAreLetEndWithinTheDrain() throws IOException {
    // So long that its beginning cannot still be in the sockets' buffers when half is sent
    byte[] payload = bytesOf("p", 40_000_000);
    int half = payload.length / 2;
    try (JarProcess server = JarProcess.start(serve("--size 64MiB --drain 30s"));
        LmClient client = clientOf(server)) {
      client.send(LmBytes.put(payload.length, KEY), Arrays.copyOf(payload, half));
      server.terminate();
      client.send(Arrays.copyOfRange(payload, half, payload.length));
      assertThat(server.exitCode()).isZero();
    }
    String device = folder.resolve("arena").toString();
    try (JarProcess check = JarProcess.start("verify", "--device", device)) {
      assertThat(check.awaitLine(device + ": ")).startsWith("1 chunks, 40000000 bytes of payload");
      assertThat(check.exitCode()).isZero();
    }
  }

  @Test
  void badInputIsOneLine() throws IOException {
    try (JarProcess bad = JarProcess.start("serve", "--lm", "x")) {
      assertThat(bad.exitCode()).isEqualTo(2);
      assertThat(bad.out()).isEmpty();
      assertThat(bad.err())
          .containsExactly(
              "daxflux: Invalid value for option '--lm': expected HOST:PORT such as"
                  + " 127.0.0.1:65432, found 'x' (see --help)");
    }
  }

  @Test
  void itSaysItsVersion() throws IOException {
    try (JarProcess version = JarProcess.start("--version")) {
      assertThat(version.out().getFirst()).matches("daxflux \\d+\\.\\d+\\.\\d+");
      assertThat(version.exitCode()).isZero();
    }
  }

  @Test
  void theCompletionScriptIsAScript() throws IOException, InterruptedException {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "bash is not there");
    Path script = folder.resolve("completion");
    try (JarProcess completion = JarProcess.start("generate-completion")) {
      Files.write(script, completion.out());
      assertThat(completion.exitCode()).isZero();
    }
    assertThat(script).content().contains("--tls-client-ca").contains("complete -F");
    Process check = new ProcessBuilder(bash.toString(), "-n", script.toString()).start();
    assertThat(check.waitFor()).isZero();
  }

  /** Maven's own, where that is too old for the command. */
  private static String olderJava() {
    String java = System.getProperty("daxflux.otherJava");
    Path release = Path.of(java).resolveSibling("../release").normalize();
    assumeTrue(NewerJava.versionOf(release.getParent().toFile()) < 25, java);
    return java;
  }

  @Test
  void anOlderJavaSaysThatANewerIsNeeded() throws IOException {
    Map<String, String> none = Map.of("DAXFLUX_JAVA", folder.toString());
    try (JarProcess old = JarProcess.startOn(olderJava(), none, "--version")) {
      assertThat(old.exitCode()).isEqualTo(1);
      assertThat(old.out()).isEmpty();
      assertThat(old.err())
          .containsExactly(
              "daxflux: DAXFLUX_JAVA: expected Java 25 or newer, found none in " + folder);
    }
  }

  @Test
  void anOlderJavaRunsItOnANewerOneAndHandsSignalsOn() throws IOException {
    byte[] payload = bytesOf("p", 100_000);
    String words = "serve --device %s --lm 127.0.0.1:0 --size 16MiB";
    String[] serve = words.formatted(folder.resolve("arena")).split(" ");
    Map<String, String> newer = Map.of("DAXFLUX_JAVA", System.getProperty("java.home"));
    try (JarProcess server = JarProcess.startOn(olderJava(), newer, serve);
        LmClient client = clientOf(server)) {
      client.put(KEY, payload).settle();
      assertThat(server.terminate().exitCode()).isZero();
      assertThat(server.err()).isEmpty();
    }
    try (JarProcess bad = JarProcess.startOn(olderJava(), newer, "serve", "--lm", "x")) {
      assertThat(bad.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void whatAnOlderJavaRanEndsWithIt() throws Exception {
    String words = "serve --device %s --lm 127.0.0.1:0 --size 16MiB";
    String[] serve = words.formatted(folder.resolve("arena")).split(" ");
    Map<String, String> newer = Map.of("DAXFLUX_JAVA", System.getProperty("java.home"));
    try (JarProcess server = JarProcess.startOn(olderJava(), newer, serve);
        LmClient client = clientOf(server)) {
      server.kill();
      assertThat(client.receiveRest()).isEmpty();
    }
  }

  @Test
  void theFirstClassIsOneThatJava8Reads() throws IOException {
    try (JarFile jar = new JarFile(JarProcess.JAR.toFile())) {
      String main = jar.getManifest().getMainAttributes().getValue("Main-Class");
      ZipEntry entry = jar.getEntry(main.replace('.', '/') + ".class");
      try (InputStream bytes = jar.getInputStream(entry);
          DataInputStream code = new DataInputStream(bytes)) {
        assertThat(code.readInt()).isEqualTo(0xCAFEBABE);
        code.readUnsignedShort();
        assertThat(code.readUnsignedShort()).isEqualTo(JAVA_8);
      }
    }
  }

  @Test
  void theModulesOwnJarHasTheModuleAlone() throws IOException {
    Path target = JarProcess.JAR.getParent();
    try (Stream<Path> files = Files.list(target)) {
      Path own =
          files
              .filter(
                  file -> file.getFileName().toString().matches("daxflux-reactive-api-[\\d.]+jar"))
              .findFirst()
              .orElseThrow();
      try (JarFile jar = new JarFile(own.toFile())) {
        assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
            .allMatch(name -> name.equals("module-info.class") || name.startsWith("io/daxflux/"));
        assertThat(jar.getEntry("logback.xml")).isNull();
      }
    }
  }
}
