package io.daxflux.media;

import java.io.Serial;

/** A record that looks live cannot be read as one. */
final class BadRecord extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final DropReason reason;

  BadRecord(DropReason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  DropReason reason() {
    return reason;
  }
}
