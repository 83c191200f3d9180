package io.daxflux.reactive.outcome;

/** How a put begins whose bytes come part by part: with a place to write to, or not at all. */
public sealed interface PutStart permits ChunkWriter, NotStarted {}
