package io.daxflux.net.serve;

import io.daxflux.reactive.ReactiveChunkStore;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * What the connections of one event loop share: somebody who looks now and then whether a client is
 * late, and what has the store deliver on that event loop. On the event loop.
 */
final class LoopWatch {
  private final EventLoop loop;
  private final Duration period;
  private final Context delivery;
  private final Set<Conversation> conversations = new HashSet<>();
  private @Nullable Future<?> timer;

  LoopWatch(EventLoop loop, Duration period) {
    this.loop = loop;
    this.period = period;
    this.delivery = Context.of(ReactiveChunkStore.DELIVERY, Schedulers.fromExecutor(loop));
  }

  /** Of subscribers that are to be told on the event loop, without a hop in between. */
  Context delivery() {
    return delivery;
  }

  void add(Conversation conversation) {
    conversations.add(conversation);
    if (timer == null) {
      long periodNs = period.toNanos();
      timer = loop.scheduleWithFixedDelay(this::look, periodNs, periodNs, TimeUnit.NANOSECONDS);
    }
  }

  void remove(Conversation conversation) {
    conversations.remove(conversation);
    if (conversations.isEmpty() && timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void look() {
    long nowNs = System.nanoTime();
    List.copyOf(conversations).forEach(conversation -> conversation.lookWhetherLate(nowNs));
  }
}
