package io.daxflux.examples.longdocqa;

/** The run found what must not be: bytes that differ, chunks that are missing. One line says it. */
final class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunFailure(String message) {
    super(message);
  }
}
