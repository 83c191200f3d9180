package io.daxflux.reactive.outcome;

/** Why a chunk was not served. */
public enum MissReason {
  /** There is no chunk of this name. */
  ABSENT,
  /**
   * Its time is over. For a moment only: as soon as it was removed, which its expiry brings about,
   * it is {@link #ABSENT}.
   */
  EXPIRED,
  /** Its memory faulted while it was read. It is gone, and its extent is out of use. */
  MEMORY_FAULT,
  /**
   * Its bytes were not those that were put: they do not agree with its checksums. It is gone, and
   * its extent is out of use until the store is opened again.
   */
  CORRUPT,
  /**
   * The caller's output could not be written: its memory faulted or was closed. The chunk stays.
   */
  OUTPUT_FAULT,
  /** The caller's output is too small for it. */
  OUTPUT_TOO_SMALL,
  /** {@code retrieve_locations} leaves this store out: nothing is retrieved. */
  RETRIEVAL_OFF
}
