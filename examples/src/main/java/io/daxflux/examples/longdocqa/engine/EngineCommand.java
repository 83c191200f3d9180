package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.ExitCodes;
import io.daxflux.examples.longdocqa.JsonFile;
import io.daxflux.examples.longdocqa.Machine;
import io.daxflux.examples.longdocqa.OptionValues;
import io.daxflux.examples.longdocqa.StoreOptions;
import io.daxflux.examples.longdocqa.TargetFolder;
import io.daxflux.examples.longdocqa.engine.EngineReport.Setting;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the job on a real engine. */
@Command(
    name = "LongDocQa --engine",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Asks a real engine about long documents, whose KV cache is restored instead of computed,"
            + " and proves that every answer is the computed one.%n")
public final class EngineCommand implements Callable<Integer> {
  private static final String ENGINE = "--engine";

  /** The engines that there are. */
  enum Engine {
    LLAMA;

    @Override
    public String toString() {
      return "llama";
    }
  }

  @Option(
      names = ENGINE,
      paramLabel = "NAME",
      required = true,
      description = "Which engine: ${COMPLETION-CANDIDATES}.")
  Engine engine = Engine.LLAMA;

  @ArgGroup(validate = false, heading = "%nThe model:%n")
  ModelOptions model = new ModelOptions();

  @ArgGroup(validate = false, heading = "%nWhat is asked:%n")
  PromptOptions prompts = new PromptOptions();

  @ArgGroup(validate = false, heading = "%nThe rounds:%n")
  RoundOptions rounds = new RoundOptions();

  @ArgGroup(validate = false, heading = "%nThe store:%n")
  StoreOptions storing = new StoreOptions();

  @Option(
      names = "--restore-bound",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Also takes the rounds with a model of large cache and little arithmetic, which is the"
              + " default, or does not.")
  boolean restoreBound = true;

  @Option(
      names = "--restart",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Also asks in another process, from what this one stored, which is the default, or does"
              + " not.")
  boolean restart = true;

  @Option(
      names = "--json-output",
      paramLabel = "FILE",
      description = "Where the figures go. Default: examples/target/engine.json.")
  @Nullable Path jsonOutput;

  /** Given to another process only: asks once, and writes the answers there. */
  @Option(names = "--tell", hidden = true)
  @Nullable Path tell;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Spec CommandSpec spec;

  private final PrintStream out;
  private final ExitCodes exitCodes;
  private List<String> arguments = List.of();

  /** Shows there what comes out. */
  public EngineCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.exitCodes = new ExitCodes(out, err);
  }

  /** Whether these arguments ask for an engine. */
  public static boolean isMeant(String... arguments) {
    return Arrays.stream(arguments)
        .anyMatch(each -> each.equals(ENGINE) || each.startsWith(ENGINE + "="));
  }

  /**
   * Runs with these arguments.
   *
   * @return the process's exit code: 0, 1 where something was wrong, 2 where the arguments were
   */
  public int execute(String... all) {
    arguments = List.of(all);
    return exitCodes.of(this).execute(all);
  }

  @Override
  public Integer call() throws IOException {
    Instant started = Instant.now();
    Path json = jsonOutput != null ? jsonOutput : TargetFolder.file("engine.json");
    Path models = TargetFolder.file("models");
    EngineSetting main = new EngineSetting("main", model, prompts, rounds, storing);
    if (tell != null) {
      try (EngineRun run = new EngineRun(main, models, _ -> {})) {
        run.tell(tell);
      }
      return 0;
    }
    EngineTable table = new EngineTable(out);
    List<Setting> settings = new ArrayList<>();
    settings.add(measure(main, models, restart ? arguments : null, table));
    if (restoreBound && rounds.restore()) {
      settings.add(measure(main.restoreBound(), models, null, table));
    }
    double seconds = Duration.between(started, Instant.now()).toMillis() / 1e3;
    JsonFile.write(
        json,
        new EngineReport(
            "long-doc-qa-engine",
            started.toString(),
            seconds,
            Machine.local(),
            OptionValues.of(spec),
            settings));
    table.readOn(json);
    return 0;
  }

  private Setting measure(
      EngineSetting setting, Path models, @Nullable List<String> other, EngineTable table)
      throws IOException {
    out.println(setting.name() + ": loading " + setting.model().name());
    try (EngineRun run = new EngineRun(setting, models, step -> out.println("  " + step))) {
      Setting measured = run.measure(other);
      table.print(measured);
      return measured;
    }
  }
}
