/**
 * The values that the store speaks of: what a chunk is called ({@link io.daxflux.chunk.ChunkKey}),
 * what its bytes mean ({@link io.daxflux.chunk.ChunkLayout}), the chunk itself on its way in
 * ({@link io.daxflux.chunk.Chunk}), and how token ids become keys ({@link
 * io.daxflux.chunk.PrefixKeys}). All are immutable; payload is memory of the caller's, which a
 * chunk only points at.
 */
@NullMarked
package io.daxflux.chunk;

import org.jspecify.annotations.NullMarked;
