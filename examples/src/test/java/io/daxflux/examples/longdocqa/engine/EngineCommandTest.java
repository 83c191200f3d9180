package io.daxflux.examples.longdocqa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.daxflux.examples.Printed;
import io.daxflux.examples.engine.llama.EngineHere;
import io.daxflux.examples.longdocqa.LongDocQaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, with documents that are computed within a second. */
class EngineCommandTest {
  private final Printed out = new Printed();
  private final Printed err = new Printed();

  @TempDir Path folder;

  private int run(String args) {
    List<String> all = new ArrayList<>(List.of("--engine", "llama"));
    all.addAll(List.of("--num-documents", "2", "--document-length", "300", "--chunk-size", "64"));
    all.addAll(List.of("--question-length", "8", "--output-len", "4", "--no-restore-bound"));
    all.addAll(List.of("--warmup-seconds", "0", "--min-round-seconds", "0"));
    all.addAll(List.of("--json-output", json().toString()));
    all.addAll(List.of(args.split(" ")));
    return LongDocQaCommand.execute(all.toArray(String[]::new), out.stream(), err.stream());
  }

  private Path json() {
    return folder.resolve("new/engine.json");
  }

  private JsonNode setting() throws IOException {
    return new ObjectMapper().readTree(json().toFile()).get("settings").get(0);
  }

  @Test
  void everySystemGivesTheComputedAnswersAndSoDoesAnotherProcess() throws IOException {
    EngineHere.expect();
    Path device = folder.resolve("device");
    assertThat(run("--device " + device + " --max-inflight-requests 2")).as(err.text()).isZero();

    JsonNode setting = setting();
    assertThat(setting.get("systems").findValuesAsText("system"))
        .containsExactly("cold", "serial", "staged", "daxflux", "served");
    for (JsonNode system : setting.get("systems")) {
      assertThat(system.get("prompts").asInt()).isEqualTo(4);
      assertThat(system.get("ttftMeanMs").asDouble()).isPositive();
      boolean cold = system.get("system").asText().equals("cold");
      assertThat(system.get("hitRate").asDouble()).isEqualTo(cold ? 0 : 1);
    }
    // Five systems with four prompts each, four of them with two more unmeasured; the flipped
    // bit's one; the other process's four.
    assertThat(setting.get("verified").get("answers").asInt()).isEqualTo(20 + 8 + 1 + 4);
    assertThat(setting.get("verified").get("documents").asInt()).isEqualTo(2);
    assertThat(setting.get("restarted").get("hitRate").asDouble()).isEqualTo(1);
    assertThat(setting.get("trace").get("arrivedMs")).hasSize(4);
    assertThat(out.text()).contains("Another process opened the store", "Figures: " + json());
    assertThat(err.text()).isEmpty();
  }

  @Test
  void aFlippedBitIsCaughtAndWouldHaveChangedTheAnswer() throws IOException {
    EngineHere.expect();
    assertThat(run("--device memory: --systems daxflux --repeat-count 1")).as(err.text()).isZero();

    JsonNode caught = setting().get("flippedBit");
    assertThat(caught.get("miss").asText()).isEqualTo("CORRUPT");
    assertThat(caught.get("imported").asInt()).isEqualTo(caught.get("chunk").asInt());
    assertThat(caught.get("answerRight").asBoolean()).isTrue();
    assertThat(caught.get("logitsChanged").asInt()).isPositive();
    assertThat(setting().get("restarted").isNull()).isTrue();
  }

  @Test
  void optionsThatCannotBeMetAreOneLine() throws IOException {
    EngineHere.expect();
    assertThat(
            LongDocQaCommand.execute(
                new String[] {"--engine", "llama", "--document-length", "60"},
                out.stream(),
                err.stream()))
        .isEqualTo(2);
    assertThat(err.lines())
        .containsExactly(
            "LongDocQa: --document-length: expected at least a chunk, 256 tokens, found 60");
  }

  @Test
  void aModelThatIsNotThereIsOneLine() {
    assertThat(run("--gguf " + folder.resolve("none.gguf"))).isEqualTo(1);
    assertThat(err.lines())
        .containsExactly(
            "LongDocQa: engine llama: expected a GGUF file, found nothing to read at "
                + folder.resolve("none.gguf"));
  }

  @Test
  void wrongOptionsAreOneLine() {
    assertThat(run("--preset 4m")).isEqualTo(2);
    assertThat(err.lines())
        .containsExactly(
            "LongDocQa: Invalid value for option '--preset': preset: expected one of [3m,"
                + " 23m, 76m, wide-kv], found '4m' (see --help)");
  }

  @Test
  void helpNamesEveryOptionOfTheBenchmarkItFollows() {
    assertThat(run("--help")).isZero();
    assertThat(out.text())
        .contains(
            "--num-documents",
            "--document-length",
            "--output-len",
            "--repeat-count",
            "--repeat-mode",
            "--max-inflight-requests",
            "--sleep-time-after-warmup",
            "--trim-fraction",
            "--json-output",
            "--order",
            "--min-round-seconds",
            "--gguf");
    assertThat(Files.exists(json())).isFalse();
  }
}
