package io.daxflux.net.serve;

import io.daxflux.reactive.ReactiveChunkStore;
import io.netty.channel.EventLoop;
import reactor.util.context.Context;

/**
 * What the puts of one connection share.
 *
 * @param loop on which their parts come
 * @param delivery has the store answer there
 * @param credit for parts that are not yet copied
 * @param store where they go
 */
record Puts(EventLoop loop, Context delivery, Credit credit, ReactiveChunkStore store) {}
