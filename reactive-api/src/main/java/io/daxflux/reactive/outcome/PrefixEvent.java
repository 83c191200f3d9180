package io.daxflux.reactive.outcome;

/** What an explained prefix restore emits: its chunks in order, then why it ended. */
public sealed interface PrefixEvent permits RestoredChunk, PrefixEnd {}
