package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import io.daxflux.device.DeviceException;
import io.daxflux.media.MediaException;
import io.daxflux.reactive.outcome.StoreException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParameterException;

/** Which exit code and which line a failure ends the command with. */
record Failures(int exitCode, String line) {
  /** It could not be done. */
  static final int FAILED = 1;

  /** It was not asked for rightly. */
  static final int BAD_INPUT = 2;

  static Failures of(Exception failure) {
    return switch (failure) {
      case ParameterException bad -> badInput(bad.getMessage() + " (see --help)");
      case ConfigException bad -> badInput(bad.getMessage());
      case DeviceException refused -> new Failures(codeOf(refused.reason()), refused.getMessage());
      case MediaException refused -> new Failures(codeOf(refused.reason()), refused.getMessage());
      case CommandFailure known -> new Failures(FAILED, known.getMessage());
      case StoreException known -> new Failures(FAILED, known.getMessage());
      case IllegalArgumentException bad -> badInput(bad.getMessage());
      default -> {
        LoggerFactory.getLogger(Failures.class).error("the command failed", failure);
        yield new Failures(FAILED, failure.toString());
      }
    };
  }

  private static Failures badInput(String line) {
    return new Failures(BAD_INPUT, line);
  }

  /** Another device, or another size, would do. */
  private static int codeOf(DeviceException.Reason reason) {
    return switch (reason) {
      case MISSING, NOT_PERMITTED, WRONG_TYPE, EMPTY, TOO_LARGE, MISALIGNED -> BAD_INPUT;
      case NO_SPACE, LOCKED, NOT_MAPPABLE, UNSUPPORTED, REFUSED -> FAILED;
    };
  }

  /** Other options would do. */
  private static int codeOf(MediaException.Reason reason) {
    return switch (reason) {
      case TOO_SMALL, BLOCK_SIZE, SHRUNK -> BAD_INPUT;
      case UNFORMATTED,
          FOREIGN,
          DAMAGED,
          UNREADABLE,
          NEWER_VERSION,
          OLDER_VERSION,
          UNKNOWN_FEATURE ->
          FAILED;
    };
  }
}
