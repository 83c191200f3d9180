package io.daxflux.media;

import java.util.List;

/**
 * What was found on a device when it was opened.
 *
 * @param chunks all chunks, the one used longest ago first; those of one last use by generation and
 *     sequence
 * @param report how that went
 */
public record Recovery(List<RecoveredChunk> chunks, RecoveryReport report) {}
