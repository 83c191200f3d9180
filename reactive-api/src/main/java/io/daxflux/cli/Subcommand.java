package io.daxflux.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands have: a place to print to, help, and a say in how much is logged. */
abstract class Subcommand implements Callable<Integer> {
  /** The executable jar's {@code logback.xml} reads it, once, when the first logger is made. */
  private static final String LOG_LEVEL = "daxflux.log.level";

  /** Behind the options of the command itself. */
  private static final int LAST = 100;

  final PrintStream out;

  @Option(
      names = {"-v", "--verbose"},
      order = LAST,
      description = "Logs more: -v what is done, -vv details. Otherwise warnings alone.")
  boolean[] verbose = {};

  @Option(
      names = {"-h", "--help"},
      order = LAST,
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  Subcommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public final Integer call() throws Exception {
    switch (verbose.length) {
      case 0 -> {}
      case 1 -> System.setProperty(LOG_LEVEL, "INFO");
      default -> System.setProperty(LOG_LEVEL, "DEBUG");
    }
    return run();
  }

  /** Does what the command is for, and returns the exit code. */
  abstract int run() throws Exception;
}
