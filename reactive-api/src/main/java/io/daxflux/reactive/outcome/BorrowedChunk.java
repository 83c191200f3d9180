package io.daxflux.reactive.outcome;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.lang.foreign.MemorySegment;

/**
 * One chunk that was borrowed. Owns nothing: the {@link BorrowedPrefix} or {@link BorrowedBatch}
 * does.
 *
 * @param index its position in the request, from 0
 * @param key its name
 * @param layout what its bytes mean
 * @param attributes the opaque bytes that travel with the chunk
 * @param segment its bytes in the arena, read-only; usable until its owner is closed
 */
public record BorrowedChunk(
    int index, ChunkKey key, ChunkLayout layout, Attributes attributes, MemorySegment segment)
    implements BorrowOutcome {}
