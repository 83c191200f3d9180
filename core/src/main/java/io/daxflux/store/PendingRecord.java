package io.daxflux.store;

import io.daxflux.media.ChunkRecord;

/**
 * What is to be written down of a chunk before it becomes readable.
 *
 * @param unit where the record goes
 * @param record what it says
 * @param payloadOffset where the chunk's payload lies on the device
 */
public record PendingRecord(long unit, ChunkRecord record, long payloadOffset) {}
