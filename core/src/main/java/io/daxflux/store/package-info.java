/**
 * The single-writer state machine: which chunks there are, where they lie, who reads them, who
 * keeps them, and which of them makes room.
 *
 * <p>{@link io.daxflux.store.ChunkStore} is the only entrance. One thread calls it; it takes no
 * locks, starts no threads and never touches payload. An entry's life:
 *
 * <pre>
 *   reserve ──► Reservation ──commit──► readable ──remove, evict, replace──► dropped ──► extent free
 *                    │                     ▲   │                                ▲
 *                    └──abort──► free      └───┴── Lease, Pin ── last one back ─┘
 * </pre>
 */
@NullMarked
package io.daxflux.store;

import org.jspecify.annotations.NullMarked;
