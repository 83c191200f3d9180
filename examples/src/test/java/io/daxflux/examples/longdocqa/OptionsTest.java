package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.DType;
import io.daxflux.examples.Printed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;

class OptionsTest {
  private final Printed out = new Printed();
  private final Printed err = new Printed();
  private final LongDocQaCommand command =
      new LongDocQaCommand(out.stream(), err.stream(), new Verifier());

  @Test
  void everyOptionIsRead() {
    command
        .commandLine()
        .parseArgs(
            ("--text some/text --num-documents 3 --document-length 1000 --chunk-size 128"
                    + " --model deepseek-v3 --dtype fp8_e4m3fn --scale 7 --paths floor,serial"
                    + " --order reversed --max-inflight-requests 2 --repeat-count 9"
                    + " --repeat-mode Interleave --seed -5 --warmup-seconds 0.25"
                    + " --min-round-seconds 1.5 --time-budget 0 --no-verify --device memory:"
                    + " --size 2GiB --workers 3 --max-regions 6 --output-budget 1GiB"
                    + " --slab 64MiB --block-size 4KiB --json-output a/b.json --progress never")
                .split(" "));

    assertThat(command.input.text).isEqualTo(Path.of("some/text"));
    assertThat(command.input.numDocuments).isEqualTo(3);
    assertThat(command.input.documentLength).isEqualTo(1000);
    assertThat(command.input.chunkTokens).isEqualTo(128);
    assertThat(command.input.modelName()).isEqualTo("deepseek-v3/7");
    assertThat(command.input.dtype).isEqualTo(DType.FP8_E4M3FN);
    assertThat(command.input.scale).isEqualTo(7);
    assertThat(command.queries.paths).containsExactly(PathKind.FLOOR, PathKind.SERIAL);
    assertThat(command.queries.order).isEqualTo(PathOrder.REVERSED);
    assertThat(command.queries.maxInflightRequests).isEqualTo(2);
    assertThat(command.queries.repeatCount).isEqualTo(9);
    assertThat(command.queries.repeatMode).isEqualTo(RepeatMode.INTERLEAVE);
    assertThat(command.queries.seed).isEqualTo(-5);
    assertThat(command.queries.warmup).isEqualTo(Duration.ofMillis(250));
    assertThat(command.queries.minRound).isEqualTo(Duration.ofMillis(1500));
    assertThat(command.queries.timeBudget).isZero();
    assertThat(command.queries.verify).isFalse();
    assertThat(command.storing.device).isEqualTo("memory:");
    assertThat(command.storing.sizeBytes).isEqualTo(2L << 30);
    assertThat(command.storing.workers).isEqualTo(3);
    assertThat(command.storing.maxRegions).isEqualTo(6);
    assertThat(command.storing.outputBudgetBytes).isEqualTo(1L << 30);
    assertThat(command.storing.slabBytes).isEqualTo(64L << 20);
    assertThat(command.storing.blockBytes).isEqualTo(4L << 10);
    assertThat(command.jsonOutput).isEqualTo(Path.of("a/b.json"));
    assertThat(command.progressMode).isEqualTo(Progress.Mode.NEVER);
  }

  @Test
  void theDefaultIsFourUnscaledDocumentsAlongEveryPathAndVerified() {
    command.commandLine().parseArgs();
    assertThat(command.input.numDocuments).isEqualTo(4);
    assertThat(command.input.documentLength).isEqualTo(5120);
    assertThat(command.input.modelName()).isEqualTo("qwen3-14b");
    assertThat(command.queries.paths).containsExactly(PathKind.values());
    assertThat(command.queries.verify).isTrue();
  }

  @Test
  void verifyingCanBeAskedFor() {
    command.commandLine().parseArgs("--verify");
    assertThat(command.queries.verify).isTrue();
  }

  @Test
  void everyOptionHasAHelpText() {
    assertThat(command.execute("--help")).isZero();
    for (OptionSpec option : command.spec.options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
      assertThat(out.text()).contains(option.longestName().replace("--verify", "--[no-]verify"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--foo | Unknown option: '--foo'",
        "extra | Unmatched argument at index 0: 'extra'",
        "--model gpt | expected one of qwen3-14b, qwen3-8b",
        "--num-documents 0 | expected a whole number from 1 to 2147483647, found '0'",
        "--scale 1.5 | expected a whole number from 1 to 2147483647, found '1.5'",
        "--paths serial,x | expected some of serial, restoreAll",
        "--order x | expected one of [LISTED, REVERSED, RANDOM] (case-insensitive)",
        "--repeat-mode x | expected one of [TILE, RANDOM, INTERLEAVE] (case-insensitive)",
        "--progress x | expected one of [AUTO, ALWAYS, NEVER] (case-insensitive)",
        "--dtype x | expected one of [half, bfloat16",
        "--time-budget -1 | expected seconds from 0 to 1000000",
        "--warmup-seconds x | expected seconds from 0 to 1000000",
        "--seed x | 'x' is not a long",
        "--size x | expected a size such as 512MiB",
        "--text /absent | --text: expected a file or folder, found nothing at /absent",
        "--size 1MiB | --size: expected at least",
        "--output-budget 1MiB | --output-budget: expected at least 800 MiB for these documents",
        "--scale 1000 --slab 1MiB --workers 2 | expected at least 16777216 bytes",
        "--scale 1000 --block-size 3000 | expected a power of two",
        "--scale 1000 --workers 2000 | expected a whole number from 1 to 1024, found 2000",
        "--num-documents 100000 --document-length 100 | memory: expected",
        "--chunk-size 5000 --model llama-3.1-70b | chunk layout: expected at most 1073741824 bytes",
        "--scale 1000 --device /absent/file | /absent/file: asked for a new file",
      })
  void badInputIsOneLineAndExitCode2(String args, String message) {
    assertThat(command.execute(args.split(" "))).isEqualTo(2);
    assertThat(err.lines())
        .singleElement()
        .asString()
        .startsWith("LongDocQa: ")
        .contains(message)
        .doesNotContain("Exception");
  }
}
