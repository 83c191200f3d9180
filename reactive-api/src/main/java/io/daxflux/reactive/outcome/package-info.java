/**
 * What requests come back with: outcomes of puts and restores, handles that own memory or hold a
 * right, the store's status and events, and the errors that say what to do about them.
 *
 * <pre>
 *   request          delivers                 which is
 *   ───────────────  ───────────────────────  ─────────────────────────────────────────────────
 *   putAll           PutOutcome               Stored, Accepted, AlreadyPresent, NoSpace, TooLarge,
 *                                             Refused, Withdrawn, Failed
 *   startPut         PutStart                 ChunkWriter, a place to write to, to be ended;
 *                                             or NotStarted
 *   commitAll        list of PutOutcome       all Stored, or none
 *   restorePrefix    RestoredChunk            memory, to be closed
 *   explainPrefix    PrefixEvent              RestoredChunk, ..., and one PrefixEnd
 *   restoreAll       RestoredBatch            of RestoreOutcome: RestoredChunk or Hole
 *   restoreInto      list of IntoOutcome      Filled or Hole
 *   borrowPrefix     BorrowedPrefix           of BorrowedChunk; a right, to be closed
 *   borrowAll        BorrowedBatch            of BorrowOutcome: BorrowedChunk or Hole; a right, to
 *                                             be closed
 *   pinPrefix        PinnedPrefix             a right, to be closed
 *   describe         list of DescribeOutcome  Described or Hole
 *   scan             ScanPage                 keys, and where to go on
 *   events           StoreEvent               Stored, Evicted, Removed, Expired, Quarantined,
 *                                             Corrupted
 *   status           StoreStatus              numbers
 *   any              StoreException           an error, with a category
 * </pre>
 *
 * Outcomes are sealed, so that a {@code switch} over them is exhaustive. Records are immutable and
 * own nothing, except {@link io.daxflux.reactive.outcome.RestoredBatch}, which owns its chunks. All
 * types may be handed between threads.
 */
@NullMarked
package io.daxflux.reactive.outcome;

import org.jspecify.annotations.NullMarked;
