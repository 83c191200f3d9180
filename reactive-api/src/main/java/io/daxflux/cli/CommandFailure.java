package io.daxflux.cli;

/** The command could not do what it was asked for. One line says why. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String line) {
    super(line);
  }
}
