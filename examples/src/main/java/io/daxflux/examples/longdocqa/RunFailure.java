package io.daxflux.examples.longdocqa;

/** The run found what must not be: bytes that differ, chunks that are missing. One line says it. */
public final class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One line. */
  public RunFailure(String message) {
    super(message);
  }
}
