package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.engine.EngineCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The job's command line: reads the options, has them {@link Run}, and shows what came out. */
@Command(
    name = "LongDocQa",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Stores the KV cache of long documents, restores it along several paths, verifies every"
            + " byte and says what each path costs.%n")
public final class LongDocQaCommand implements Callable<Integer> {

  @ArgGroup(validate = false, heading = "%nWhat is stored:%n")
  InputOptions input = new InputOptions();

  @ArgGroup(validate = false, heading = "%nWhat is asked for:%n")
  QueryOptions queries = new QueryOptions();

  @ArgGroup(validate = false, heading = "%nThe store:%n")
  StoreOptions storing = new StoreOptions();

  @Option(
      names = "--json-output",
      paramLabel = "FILE",
      description = "Where the figures go. Default: examples/target/long-doc-qa.json.")
  @Nullable Path jsonOutput;

  @Option(
      names = "--progress",
      paramLabel = "WHEN",
      description =
          "When there is a progress bar: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Progress.Mode progressMode = Progress.Mode.AUTO;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "llama: the same job on a real engine, with options of its own: --engine llama --help.")
  @Nullable String engine;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Spec CommandSpec spec;

  private final PrintStream out;
  private final PrintStream err;
  private final ExitCodes exitCodes;
  private final Verifier verifier;

  LongDocQaCommand(PrintStream out, PrintStream err, Verifier verifier) {
    this.out = out;
    this.err = err;
    this.exitCodes = new ExitCodes(out, err);
    this.verifier = verifier;
  }

  /**
   * Runs with these arguments.
   *
   * @return the process's exit code: 0, 1 where something was wrong, 2 where the arguments were
   */
  public static int execute(String[] args, PrintStream out, PrintStream err) {
    return EngineCommand.isMeant(args)
        ? new EngineCommand(out, err).execute(args)
        : new LongDocQaCommand(out, err, new Verifier()).execute(args);
  }

  int execute(String... args) {
    return commandLine().execute(args);
  }

  CommandLine commandLine() {
    return exitCodes.of(this);
  }

  @Override
  public Integer call() {
    Table table = new Table(out);
    Run run = prepare();
    table.announce(run.inputFigures(), run.storeFigures(), Machine.local());
    Report report;
    try (Progress progress = Progress.of(progressMode, run.steps(), err)) {
      report = run.execute(verifier, progress, OptionValues.of(spec));
    }
    table.print(report);
    Path file = jsonOutput != null ? jsonOutput : TargetFolder.file("long-doc-qa.json");
    try {
      JsonFile.write(file, report);
    } catch (IOException failure) {
      throw new RunFailure("--json-output: " + file + " cannot be written: " + failure);
    }
    table.readOn(file);
    return 0;
  }

  private Run prepare() {
    try {
      return Run.prepare(input, queries, storing);
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(spec.commandLine(), bad.getMessage());
    } catch (IOException unreadable) {
      throw new ParameterException(spec.commandLine(), "--text: cannot be read: " + unreadable);
    }
  }
}
