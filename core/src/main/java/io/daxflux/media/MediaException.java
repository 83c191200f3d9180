package io.daxflux.media;

/**
 * A device was not opened as a store, and nothing of it was changed. One line says which device,
 * what was expected and what was found; {@link #reason()} says it to a program.
 */
public final class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String device;
  private final String expected;
  private final String found;

  MediaException(Reason reason, String device, String expected, String found) {
    super(device + ": expected " + expected + ", found " + found);
    this.reason = reason;
    this.device = device;
    this.expected = expected;
    this.found = found;
  }

  /** Why, for a program. */
  public Reason reason() {
    return reason;
  }

  /** Which device. */
  public String device() {
    return device;
  }

  /** What was expected, in words. */
  public String expected() {
    return expected;
  }

  /** What was found instead, in words. */
  public String found() {
    return found;
  }

  /** Why a device is no store, or none for this configuration. */
  public enum Reason {
    /** It has no room for a single block. */
    TOO_SMALL,
    /** It is empty and was not to be formatted. */
    UNFORMATTED,
    /** It holds something that is not a store. */
    FOREIGN,
    /** It held a store, and both superblocks are damaged. */
    DAMAGED,
    /** Its memory faults where it must be read or written. */
    UNREADABLE,
    /** A later version of the format, which this program does not know. */
    NEWER_VERSION,
    /** An earlier version of the format, which this program does not know any more. */
    OLDER_VERSION,
    /** A store that uses what this program does not know. */
    UNKNOWN_FEATURE,
    /** Formatted with blocks of another length. */
    BLOCK_SIZE,
    /** Formatted when the device was larger, or more of it was used. */
    SHRUNK
  }
}
