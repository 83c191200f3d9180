package io.daxflux.config;

/**
 * A configuration that cannot be used, said in one line: {@code KEY: expected WHAT, found WHAT}.
 *
 * <p>Immutable. The message never spans lines, whatever the configuration contains.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Where the fault is. */
  private final String key;

  /** What would have been right. */
  private final String expected;

  /** What is there. */
  private final String found;

  /**
   * A fault.
   *
   * @param key the option or place as its author wrote it: {@code chunk_size}, {@code
   *     extra_config['dax.max_dax_size']}, {@code blockBytes} for a builder, or a file with line
   *     and column
   * @param expected what would have been right
   * @param found what is there
   */
  public ConfigException(String key, String expected, String found) {
    super(Found.oneLine(key + ": expected " + expected + ", found " + found));
    this.key = Found.oneLine(key);
    this.expected = Found.oneLine(expected);
    this.found = Found.oneLine(found);
  }

  /** Where the fault is, as the author of the configuration wrote it. */
  public String key() {
    return key;
  }

  /** What would have been right. */
  public String expected() {
    return expected;
  }

  /** What is there. */
  public String found() {
    return found;
  }
}
