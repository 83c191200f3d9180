package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/** A miss, at its position. */
public record Hole(int index, ChunkKey key, MissReason reason)
    implements RestoreOutcome, IntoOutcome {}
