package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.daxflux.examples.Printed;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, at a scale at which they take no time. */
class LongDocQaCommandTest {
  private final Printed out = new Printed();
  private final Printed err = new Printed();

  @TempDir Path folder;

  private int run(String args) {
    return run(args, _ -> {});
  }

  private int run(String args, Consumer<List<MemorySegment>> beforeVerifying) {
    List<String> all = new ArrayList<>(List.of(args.split(" ")));
    all.addAll(List.of("--scale", "4000", "--warmup-seconds", "0", "--progress", "never"));
    all.addAll(List.of("--num-documents", "2", "--document-length", "600"));
    all.addAll(List.of("--json-output", json().toString()));
    return new LongDocQaCommand(out.stream(), err.stream(), new Verifier(beforeVerifying))
        .execute(all.toArray(String[]::new));
  }

  private Path json() {
    return folder.resolve("new/figures.json");
  }

  @Test
  void everyPathIsInTheTableAndEveryByteIsVerified() {
    assertThat(run("--repeat-count 2 --device memory:")).as(err.text()).isZero();
    List<String> firstWords = out.lines().stream().map(line -> line.split(" ")[0]).toList();
    assertThat(firstWords)
        .containsSubsequence(Arrays.stream(PathKind.values()).map(PathKind::toString).toList());
    long documentBytes = 2 * 10_485 + 3604;
    assertThat(out.text())
        .contains("Stored 6 chunks")
        .contains("Asked for 4 documents along each path")
        .contains(String.format("Verified %,d bytes of 24 restored", 24 * documentBytes))
        .contains("Figures: " + json())
        .contains("docs/architecture.md");
    assertThat(err.text()).isEmpty();
  }

  @Test
  void theSameFiguresAreWritten() throws IOException {
    assertThat(run("--repeat-count 3 --seed 42 --device memory:")).as(err.text()).isZero();
    JsonNode report = new ObjectMapper().readTree(json().toFile());
    assertThat(report.get("paths").findValuesAsText("path"))
        .containsExactly(
            "serial", "restoreAll", "restorePrefix", "borrowPrefix", "staged", "floor");
    for (JsonNode path : report.get("paths")) {
      assertThat(path.get("documents").asInt()).isEqualTo(6);
      assertThat(path.get("medianMs").asDouble()).isPositive();
      assertThat(path.get("p99Ms").asDouble())
          .isGreaterThanOrEqualTo(path.get("medianMs").asDouble());
      assertThat(path.get("firstChunkMs").asDouble()).isPositive();
      assertThat(path.get("ratioToFloor").asDouble()).isPositive();
      assertThat(path.get("gigabytesPerSecond").isNull())
          .isEqualTo(path.get("path").asText().equals("borrowPrefix"));
    }
    assertThat(report.at("/paths/0/ratioToSerial").asDouble()).isEqualTo(1);
    assertThat(report.at("/verified/documents").asInt()).isEqualTo(36);
    assertThat(report.at("/stored/chunks").asInt()).isEqualTo(6);
    assertThat(report.at("/machine/jdk").asText()).isEqualTo(Runtime.version().toString());
    assertThat(report.at("/machine/cores").asInt()).isPositive();
    assertThat(report.at("/options/seed").asInt()).isEqualTo(42);
    assertThat(report.at("/options/warmup-seconds").asDouble()).isZero();
    assertThat(report.at("/options/model").asText()).isEqualTo("qwen3-14b");
    assertThat(report.at("/options/text").isNull()).isTrue();
    assertThat(report.at("/input/chunkBytes").asInt()).isEqualTo(10_485);
    assertThat(report.at("/store/device").asText()).isEqualTo("memory:");
  }

  @Test
  void aWrongByteFailsTheRunAndIsNamed() {
    int exitCode =
        run(
            "--paths restoreAll --device memory:",
            chunks -> {
              MemorySegment second = chunks.get(1);
              byte right = second.get(ValueLayout.JAVA_BYTE, 1234);
              second.set(ValueLayout.JAVA_BYTE, 1234, (byte) ~right);
            });
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.lines())
        .singleElement()
        .asString()
        .startsWith("LongDocQa: restoreAll, document 1, chunk 2 of 3 (qwen3-14b/4000@1@0@")
        .contains(", byte 1234: expected 0x");
    assertThat(json()).doesNotExist();
  }

  @Test
  void verifyingCanBeLeftOut() {
    assertThat(run("--no-verify --paths floor --device memory:", _ -> fail())).isZero();
    assertThat(out.text()).contains("Not verified (--no-verify).");
  }

  private static void fail() {
    throw new AssertionError("looked at");
  }

  @Test
  void onlyThePathsThatWereNamedAreTaken() throws IOException {
    assertThat(run("--paths staged,restoreAll --order reversed --device memory:")).isZero();
    JsonNode report = new ObjectMapper().readTree(json().toFile());
    assertThat(report.get("paths").findValuesAsText("path"))
        .containsExactly("restoreAll", "staged");
    assertThat(report.at("/paths/0/ratioToSerial").isNull()).isTrue();
  }

  @Test
  void severalDocumentsCanBeInFlight() {
    assertThat(
            run("--max-inflight-requests 3 --repeat-mode random --order random --device memory:"))
        .as(err.text())
        .isZero();
    assertThat(out.text()).contains("Asked for 8 documents along each path");
  }

  @Test
  void aRoundGoesOnForItsLeastSeconds() throws IOException {
    assertThat(run("--repeat-count 1 --min-round-seconds 0.3 --paths floor --device memory:"))
        .isZero();
    JsonNode report = new ObjectMapper().readTree(json().toFile());
    assertThat(report.at("/paths/0/documents").asInt()).isGreaterThan(2);
  }

  @Test
  void aRunThatWouldTakeTooLongEndsEarlyAndSaysSo() {
    assertThat(run("--repeat-count 100 --time-budget 0.001 --device memory:")).isZero();
    assertThat(out.text())
        .contains("Asked for 1 documents along each path")
        .contains("Note: ended after 1 of 200 documents");
  }

  @Test
  void itsOwnFileIsGoneAfterwards() throws IOException {
    assertThat(run("--paths floor")).as(err.text()).isZero();
    Path sharedMemory = Path.of("/dev/shm");
    if (Files.isDirectory(sharedMemory)) {
      try (Stream<Path> files = Files.list(sharedMemory)) {
        String own = "daxflux-long-doc-qa-" + ProcessHandle.current().pid();
        assertThat(files.map(file -> file.getFileName().toString())).doesNotContain(own);
      }
    }
  }

  @Test
  void aFileThatTheUserNamedStays() {
    Path file = folder.resolve("arena");
    assertThat(run("--paths floor --device " + file)).as(err.text()).isZero();
    assertThat(file).isRegularFile();
    assertThat(out.text()).contains(file.toString());
  }

  @Test
  void figuresThatCannotBeWrittenAreSaidInOneLine() throws IOException {
    Files.writeString(folder.resolve("new"), "a file where a folder should be");
    assertThat(run("--paths floor --device memory:")).isEqualTo(1);
    assertThat(err.lines()).singleElement().asString().contains("cannot be written");
  }
}
