package io.daxflux.examples.longdocqa;

import io.daxflux.config.ConfigException;
import io.daxflux.device.DeviceException;
import io.daxflux.examples.engine.EngineUnavailableException;
import io.daxflux.reactive.outcome.StoreException;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * What a command answers its shell: 0, or one line on what is wrong, and 2 where it is with the
 * arguments, else 1.
 */
public record ExitCodes(PrintStream out, PrintStream err) {
  private static final Logger LOG = LoggerFactory.getLogger(ExitCodes.class);

  /** This command, with the arguments to come read so. */
  public CommandLine of(Object command) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true, out.charset()))
        .setParameterExceptionHandler((bad, _) -> say(2, bad.getMessage() + " (see --help)"))
        .setExecutionExceptionHandler((failure, _, _) -> fail(failure));
  }

  private int fail(Exception failure) {
    return switch (failure) {
      case ConfigException bad -> say(2, bad.getMessage());
      case DeviceException bad -> say(2, bad.getMessage());
      case IllegalArgumentException bad -> say(2, bad.getMessage());
      case EngineUnavailableException absent -> say(1, absent.getMessage());
      case RunFailure wrong -> say(1, wrong.getMessage());
      case StoreException wrong -> say(1, wrong.getMessage());
      default -> {
        LOG.error("the run failed", failure);
        yield say(1, failure.toString());
      }
    };
  }

  private int say(int exitCode, String message) {
    err.println("LongDocQa: " + message);
    return exitCode;
  }
}
