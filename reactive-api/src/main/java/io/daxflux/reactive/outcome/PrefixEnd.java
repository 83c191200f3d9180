package io.daxflux.reactive.outcome;

import org.jspecify.annotations.Nullable;

/**
 * Why a prefix ended. The last element of a stream that completes; owns nothing.
 *
 * @param restored how many chunks were delivered
 * @param reason why there are no more
 * @param miss the first miss, where that is the reason; null otherwise
 */
public record PrefixEnd(int restored, Reason reason, @Nullable MissReason miss)
    implements PrefixEvent {
  /** The reasons. */
  public enum Reason {
    /** All that was asked for was delivered. */
    WHOLE,
    /** The next chunk is a miss. */
    MISS,
    /** The hit prefix is shorter than {@code min_retrieve_tokens}. */
    TOO_SHORT,
    /** Output memory ran out, and none came back in time. */
    OUTPUT_BUDGET
  }
}
