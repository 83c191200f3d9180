package io.daxflux.examples.engine;

/** The engine cannot run here: another platform, a library or a file that is missing. One line. */
public final class EngineUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected and what was found. */
  public EngineUnavailableException(String message) {
    super(message);
  }
}
