package io.daxflux.net.resp;

/** A command that is not carried out. The message is the client's: a code, and what is wrong. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message, null, false, false);
  }
}
