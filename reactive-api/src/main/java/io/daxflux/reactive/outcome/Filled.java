package io.daxflux.reactive.outcome;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;

/**
 * The caller's output holds the chunk, from its start.
 *
 * @param index the position in the request, from 0
 * @param key the chunk's name
 * @param layout what the bytes mean; the output may be longer than they are
 * @param attributes the opaque bytes that travel with the chunk
 */
public record Filled(int index, ChunkKey key, ChunkLayout layout, Attributes attributes)
    implements IntoOutcome {}
