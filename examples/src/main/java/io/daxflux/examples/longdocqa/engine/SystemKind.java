package io.daxflux.examples.longdocqa.engine;

import java.util.Locale;

/** What stands between a prompt and its cache. */
enum SystemKind {
  /** Nothing: every prompt is computed. */
  COLD,
  /** LMCache before #2904: chunk by chunk, then import. */
  SERIAL,
  /** LMCache since #2904: by waves and through a slab, two copies, then import. */
  STAGED,
  /** A stream: imported chunk by chunk, as they arrive. */
  DAXFLUX,
  /** The same over a connection: a served store, and its client. */
  SERVED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
