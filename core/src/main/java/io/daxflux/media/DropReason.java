package io.daxflux.media;

/** Why a record that looked live was not recovered. */
public enum DropReason {
  /** A memory fault: a part of the record cannot be read. */
  UNREADABLE,
  /** Its checksum is not that of its bytes: it was damaged, or its writing was interrupted. */
  CORRUPT,
  /** Its checksum is right and its fields do not agree: it lies where it was not written, say. */
  CONTRADICTORY,
  /** Its record or its payload would reach beyond the place for them. */
  OUT_OF_RANGE,
  /** A later record lies on its units or blocks: a loss of power can bring it back. */
  OVERLAPPING,
  /** There is a later record of its key. */
  SUPERSEDED,
  /** Its time is over. */
  EXPIRED;

  /**
   * Whether it is what a loss of power leaves: of a record that was written in part, or of an
   * earlier one that came back and whose blocks are another's by now. A store that was closed in
   * order has none of these.
   *
   * @param closedCleanly whether the store was closed in order when it was last open
   */
  public boolean isInterruption(boolean closedCleanly) {
    return !closedCleanly && (this == CORRUPT || this == OVERLAPPING);
  }

  /**
   * Whether something has damaged the store: neither use nor a loss of power leaves that.
   *
   * @param closedCleanly whether the store was closed in order when it was last open
   */
  public boolean isDamage(boolean closedCleanly) {
    return this != SUPERSEDED && this != EXPIRED && !isInterruption(closedCleanly);
  }
}
