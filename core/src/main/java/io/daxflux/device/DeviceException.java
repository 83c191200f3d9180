package io.daxflux.device;

/**
 * A device could not be opened, or refused to persist. One line says which device, what was asked
 * for and what was found; {@link #reason()} says it to a program. Where the system refused a call,
 * the cause names it.
 */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String device;
  private final String asked;
  private final String found;

  DeviceException(Reason reason, String device, String asked, String found) {
    super(
        (device.endsWith(":") ? device : device + ":")
            + " asked for "
            + asked
            + ", found "
            + found);
    this.reason = reason;
    this.device = device;
    this.asked = asked;
    this.found = found;
  }

  /** A system call was refused while something was asked of the device. */
  static DeviceException refused(String device, String asked, RefusedCall call) {
    Reason reason =
        switch (call.errno()) {
          case RefusedCall.ENOENT, RefusedCall.ENOTDIR, RefusedCall.ENXIO, RefusedCall.ENODEV ->
              Reason.MISSING;
          case RefusedCall.EACCES, RefusedCall.EPERM, RefusedCall.EROFS -> Reason.NOT_PERMITTED;
          case RefusedCall.EISDIR -> Reason.WRONG_TYPE;
          case RefusedCall.ENOSPC, RefusedCall.EDQUOT -> Reason.NO_SPACE;
          case RefusedCall.EFBIG -> Reason.TOO_LARGE;
          default -> Reason.REFUSED;
        };
    return refused(reason, device, asked, call);
  }

  static DeviceException refused(Reason reason, String device, String asked, RefusedCall call) {
    return refused(reason, device, asked, call.reason(), call);
  }

  static DeviceException refused(
      Reason reason, String device, String asked, String found, RefusedCall call) {
    DeviceException refused = new DeviceException(reason, device, asked, found);
    refused.initCause(call);
    return refused;
  }

  /** Why, for a program. */
  public Reason reason() {
    return reason;
  }

  /** Which device: its path, or {@code memory:}. */
  public String device() {
    return device;
  }

  /** What was asked for, in words. */
  public String asked() {
    return asked;
  }

  /** What was found instead, in words. */
  public String found() {
    return found;
  }

  /** Why a device cannot be used. */
  public enum Reason {
    /** There is nothing at that path, and nothing can be created there. */
    MISSING,
    /** It may not be read and written by this user, or lies on a read-only file system. */
    NOT_PERMITTED,
    /** It is neither a device-dax character device nor a regular file. */
    WRONG_TYPE,
    /** It has no bytes, or none were asked for. */
    EMPTY,
    /** More bytes were asked for than it can ever have. */
    TOO_LARGE,
    /** Fewer bytes were asked for than the device maps at a time. */
    MISALIGNED,
    /** The file system has no room for it now. */
    NO_SPACE,
    /** It has an owner already, in this process or another. */
    LOCKED,
    /** The system would not map it. */
    NOT_MAPPABLE,
    /** This virtual machine may not call native code, or does not run on Linux. */
    UNSUPPORTED,
    /** The system refused for another reason. */
    REFUSED
  }
}
