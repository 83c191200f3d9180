package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;

/** The command line: finds the subcommand, runs it, and ends with its exit code. */
@Command(
    name = "daxflux",
    description = "A store for the KV cache of language models.%n",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = DaxfluxCommand.Version.class,
    footer = {
      "",
      "Exit codes: 0 done; 1 it failed; 2 what was asked for is not right.",
      "docs/cli.md has examples, docs/configuration.md all settings."
    })
public final class DaxfluxCommand implements Runnable {
  /** As the shell has it of a process that ended by SIGKILL. */
  private static final int KILLED = 128 + 9;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Shows which version this is.")
  boolean version;

  @Spec CommandSpec spec;

  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<Mono<Void>> stopAsked;

  /**
   * A command that has not run yet.
   *
   * @param stopAsked completes when a command that would go on for ever is to end; not called
   *     before the options that say how much is logged were read, for Reactor makes loggers
   */
  DaxfluxCommand(PrintStream out, PrintStream err, Supplier<Mono<Void>> stopAsked) {
    this.out = out;
    this.err = err;
    this.stopAsked = stopAsked;
  }

  /** Runs with these arguments, and ends the process. */
  public static void main(String[] args) {
    endWithParent();
    StopRequest stop = new StopRequest();
    int exitCode = new DaxfluxCommand(System.out, System.err, stop::asked).execute(args);
    System.out.flush();
    stop.exit(exitCode);
  }

  /** Whoever kills the process that was started is not left with another one. */
  private static void endWithParent() {
    Long parent = Long.getLong(Launcher.PARENT);
    if (parent != null) {
      Mono.fromFuture(
              () ->
                  ProcessHandle.of(parent)
                      .map(ProcessHandle::onExit)
                      .orElseGet(() -> CompletableFuture.completedFuture(null)))
          .subscribe(_ -> {}, _ -> {}, () -> Runtime.getRuntime().halt(KILLED));
    }
  }

  /** Runs with these arguments, and returns the exit code. */
  int execute(String... args) {
    CommandLine line = commandLine();
    try {
      ServeSection.applyTo(line.getSubcommands().get("serve"), args);
    } catch (ConfigException | ParameterException bad) {
      return say(Failures.of(bad));
    }
    return line.execute(args);
  }

  CommandLine commandLine() {
    CommandLine line =
        new CommandLine(this)
            .addSubcommand(new ServeCommand(out, stopAsked))
            .addSubcommand(new FormatCommand(out))
            .addSubcommand(new InspectCommand(out))
            .addSubcommand(new VerifyCommand(out))
            .addSubcommand(new BenchCommand(out))
            .addSubcommand(new PingCommand(out))
            .addSubcommand(new GenerateCompletion());
    return line.registerConverter(Path.class, new FileName())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setOut(new PrintWriter(out, true, out.charset()))
        .setErr(new PrintWriter(err, true, err.charset()))
        .setParameterExceptionHandler((bad, _) -> say(Failures.of(bad)))
        .setExecutionExceptionHandler((failure, _, _) -> say(Failures.of(failure)));
  }

  /** Without a subcommand there is nothing to be done. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command, one of "
            + String.join(", ", spec.subcommands().keySet())
            + ", found none");
  }

  private int say(Failures failure) {
    err.println("daxflux: " + failure.line());
    return failure.exitCode();
  }

  /** From the jar's manifest, which classes in a folder have none of. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = DaxfluxCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "daxflux " + (version == null ? "(not packed)" : version),
        "Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
      };
    }
  }
}
