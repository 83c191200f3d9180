package io.daxflux.net.serve;

import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.ReactiveChunkStore;

/** What all connections of a server share. */
record ServerParts(
    ReactiveChunkStore store,
    ServerOptions options,
    Protocol protocol,
    Tally tally,
    ServerLog log,
    Connections connections,
    CommonCredit credit,
    CommonRoom room) {}
