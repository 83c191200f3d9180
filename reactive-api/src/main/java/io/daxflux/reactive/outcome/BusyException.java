package io.daxflux.reactive.outcome;

/** The ring was full: more requests are waiting than the store takes in at once. */
public final class BusyException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final int ringSlots;

  /** Says how many are waiting at the most. */
  public BusyException(int ringSlots) {
    super(
        Category.RETRY,
        "store busy: expected a free slot among the " + ringSlots + " of the ring, found none",
        null);
    this.ringSlots = ringSlots;
  }

  /** How many are waiting at the most. */
  public int ringSlots() {
    return ringSlots;
  }
}
