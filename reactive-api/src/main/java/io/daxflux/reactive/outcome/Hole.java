package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/**
 * A miss, at its position.
 *
 * @param index the position in the request, from 0
 * @param key what was asked for
 * @param reason why it was not served
 */
public record Hole(int index, ChunkKey key, MissReason reason)
    implements RestoreOutcome, IntoOutcome, BorrowOutcome, DescribeOutcome {}
