package io.daxflux.config;

/** A value that its kind cannot make sense of; becomes a {@link ConfigException} with the key. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was expected says it all. */
  Unreadable() {
    this("");
  }

  /** A value whose fault needs a word more, added in brackets after what was found. */
  Unreadable(String reason) {
    super(reason, null, false, false);
  }
}
