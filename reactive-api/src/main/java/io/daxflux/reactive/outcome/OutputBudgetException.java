package io.daxflux.reactive.outcome;

/**
 * The output memory cannot hold the batch, now ({@code RETRY}) or at all ({@code ASK_LESS}).
 * Nothing was taken. All lengths are in bytes.
 */
public final class OutputBudgetException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final long askedBytes;
  private final long freeBytes;
  private final long largestRunBytes;
  private final long budgetBytes;

  /** Says how much was asked, and what there is. */
  public OutputBudgetException(
      long askedBytes, long freeBytes, long largestRunBytes, long budgetBytes) {
    super(
        askedBytes > budgetBytes ? Category.ASK_LESS : Category.RETRY,
        "output memory: asked for "
            + askedBytes
            + " bytes, found "
            + freeBytes
            + " free of "
            + budgetBytes
            + " (longest run "
            + largestRunBytes
            + ")",
        null);
    this.askedBytes = askedBytes;
    this.freeBytes = freeBytes;
    this.largestRunBytes = largestRunBytes;
    this.budgetBytes = budgetBytes;
  }

  /** What the batch needed, in whole blocks. */
  public long askedBytes() {
    return askedBytes;
  }

  /** What was free. */
  public long freeBytes() {
    return freeBytes;
  }

  /** The longest free run. */
  public long largestRunBytes() {
    return largestRunBytes;
  }

  /** All there is ({@code max_local_cpu_size}). */
  public long budgetBytes() {
    return budgetBytes;
  }
}
