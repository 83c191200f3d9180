package io.daxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/cli.md} against the command itself. */
class CommandPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("../docs/cli.md");

  private final CommandLine command = CommandRun.unused().commandLine();

  @Test
  void everyCommandAndOptionIsOnThePageAndNoOther() throws IOException {
    Set<String> onThePage =
        Pattern.compile("--[a-z][a-z-]+")
            .matcher(Files.readString(PAGE))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    Set<String> options =
        command.getSubcommands().values().stream()
            .flatMap(CommandPageTest::optionsOf)
            .filter(name -> !name.equals("--verbose") && !name.equals("--version"))
            .collect(Collectors.toSet());
    assertThat(onThePage).isEqualTo(options);
  }

  @Test
  void everyCommandIsInTheTable() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(command.getSubcommands().keySet())
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }

  private static Stream<String> optionsOf(CommandLine command) {
    return command.getCommandSpec().options().stream().map(OptionSpec::longestName);
  }

  @Test
  void everyOptionIsExplained() {
    command.getSubcommands().values().stream()
        .flatMap(each -> each.getCommandSpec().options().stream())
        .forEach(option -> assertThat(option.description()).as("%s", option).isNotEmpty());
  }
}
