package io.daxflux.device;

/** A system call that failed: which, on what, and the reason the system gives. */
final class RefusedCall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EPERM = 1;
  static final int EEXIST = 17;
  static final int ENODEV = 19;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int EFBIG = 27;
  static final int ENOSPC = 28;
  static final int EROFS = 30;
  static final int EOPNOTSUPP = 95;
  static final int EDQUOT = 122;

  private final int errno;
  private final String reason;

  /**
   * A refusal.
   *
   * @param call the call with what matters of its arguments
   * @param errno the system's number for the reason
   * @param text the system's words for it
   */
  RefusedCall(String call, int errno, String text) {
    String reason = "errno " + errno + " (" + text + ")";
    super(call + ": " + reason);
    this.errno = errno;
    this.reason = reason;
  }

  int errno() {
    return errno;
  }

  /** The reason alone, as number and words. */
  String reason() {
    return reason;
  }
}
