package io.daxflux.media;

/** Why a record that looked live was not recovered. */
public enum DropReason {
  /** A memory fault: a part of the record cannot be read. */
  UNREADABLE,
  /** Its checksum is not that of its bytes. */
  CORRUPT,
  /** Its checksum is right and its fields do not agree: it lies where it was not written, say. */
  CONTRADICTORY,
  /** Its record or its payload would reach beyond the place for them. */
  OUT_OF_RANGE,
  /** A later record lies on its units or blocks. */
  OVERLAPPING,
  /** There is a later record of its key. */
  SUPERSEDED,
  /** Its time is over. */
  EXPIRED;

  /** Whether this never happens to a sound store: a crash between two steps leaves the others. */
  public boolean isDamage() {
    return this != SUPERSEDED && this != EXPIRED;
  }
}
