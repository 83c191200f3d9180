/**
 * The ground that all servers stand on.
 *
 * <p>A {@link Protocol} is bound by {@link Serving}, which opens a {@link Dialect} for each {@link
 * Connection}. All of a connection happens on its event loop, which never waits:
 *
 * <pre>
 *   socket ──► Conversation ─► Dialect.read       requests, as far as their bytes are there
 *                  │             │ Connection
 *                  │             ├─ receive ────► Body          payload, as it arrives
 *                  │             └─ answer, change ─► Turns     one after the other
 *                  │                                    │ Reply
 *   socket ◄── Outflow ◄────────────────────────────────┘       from the arena, under a lease
 * </pre>
 *
 * What Netty tells of a channel comes by a {@link ClientHandler}; {@link Conversation} decides what
 * follows from it; {@link Connection} is as much of all that as a dialect needs.
 *
 * <p>A connection is read from only while it has room: for parts that are not yet copied ({@link
 * Credit}), requests under way, and replies that were not read ({@link Room}). Nothing has a timer
 * of its own; one {@link LoopWatch} for each event loop looks for those that are late.
 *
 * <h2>Ownership</h2>
 *
 * Whoever is given a {@code ByteBuf} to take releases it. A {@link Reply} is owned by whoever was
 * last given it, and ended once: sent, or discarded.
 */
@NullMarked
package io.daxflux.net.serve;

import org.jspecify.annotations.NullMarked;
