/**
 * The store's own protocol: {@link io.daxflux.net.wire.WireServer} serves a store to other
 * processes, and {@link io.daxflux.net.wire.RemoteChunkStore} is a store that is served elsewhere.
 *
 * <p>{@code docs/wire-protocol.md} has every byte. One connection carries all requests of a client,
 * each under a number of its own, in frames that take turns: a small hit overtakes a large restore.
 * Payload moves only as far as its receiver has made room for it.
 *
 * <pre>
 *   RemoteChunkStore                                                  WireServer
 *   ────────────────                                                  ──────────
 *   PrefixRequest ── RESTORE_PREFIX keys ──────────────────────────► StreamCall ─► borrowAll
 *        │     ◄──── HEADS what they are ──────────────────────────────│          (leases)
 *   outputs    ───── GRANT as many as have memory ────────────────────►│
 *        │     ◄──── DATA  straight from the arena ────────────────────│
 *   subscriber ◄──── DONE why it ended ────────────────────────────────┘
 * </pre>
 */
@NullMarked
package io.daxflux.net.wire;

import org.jspecify.annotations.NullMarked;
