/**
 * What the store's thread does: sessions that turn requests into leases, outputs, regions and
 * results.
 *
 * <p>A {@code Session} is the subscription of one subscriber. It is confined to the store's thread,
 * apart from three doors: demand and cancellation come in through the return queue, regions are
 * copied by the workers, and results go out through its {@code Outbox}. The count of regions in
 * flight is therefore a plain number, and "the last one out frees" a plain branch.
 *
 * <pre>
 *   subscriber ──request, cancel──► Session ──regions──► CopyGate ──jobs──► copy workers
 *       ▲                             │  ▲                                      │
 *       └──── Outbox (delivery) ◄─────┘  └───────────── return queue ◄──────────┘
 * </pre>
 */
@NullMarked
package io.daxflux.reactive.session;

import org.jspecify.annotations.NullMarked;
