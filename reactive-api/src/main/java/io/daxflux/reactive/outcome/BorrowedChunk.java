package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.lang.foreign.MemorySegment;

/**
 * One chunk of a borrowed prefix.
 *
 * @param attributes the chunk's opaque attributes; the receiver's to keep
 * @param segment its bytes in the arena, read-only; usable until the prefix is closed
 */
public record BorrowedChunk(
    int index, ChunkKey key, ChunkLayout layout, byte[] attributes, MemorySegment segment) {}
