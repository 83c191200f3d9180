package io.daxflux.net.serve;

import io.daxflux.net.ServerOptions;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** All clients of a server, and those who look after them. Thread-safe. */
final class Connections {
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

  private final int most;
  private final Duration watchPeriod;
  private final AtomicInteger channels = new AtomicInteger();
  private final Set<Conversation> unsettled = ConcurrentHashMap.newKeySet();
  private final Map<EventLoop, LoopWatch> watches = new ConcurrentHashMap<>();
  private final Sinks.Empty<Void> settled = Sinks.empty();
  private volatile boolean ending;

  Connections(ServerOptions options) {
    this.most = options.mostConnections();
    this.watchPeriod = watchPeriod(options);
  }

  /** Often enough that nobody is late by more than a quarter. */
  private static Duration watchPeriod(ServerOptions options) {
    Duration shortest =
        Stream.of(
                options.idleTimeout(),
                options.handshakeTimeout(),
                options.requestTimeout(),
                options.writeTimeout())
            .filter(Duration::isPositive)
            .min(Duration::compareTo)
            .orElse(LONGEST_PERIOD)
            .dividedBy(4);
    if (shortest.compareTo(SHORTEST_PERIOD) < 0) {
      return SHORTEST_PERIOD;
    }
    return shortest.compareTo(LONGEST_PERIOD) > 0 ? LONGEST_PERIOD : shortest;
  }

  /** Whether there is room for one more channel; if so, it is to {@link #leave}. */
  boolean enter() {
    if (channels.incrementAndGet() <= most) {
      return true;
    }
    channels.decrementAndGet();
    return false;
  }

  void leave() {
    channels.decrementAndGet();
  }

  int open() {
    return channels.get();
  }

  /** Those that have requests under way, whether they are open or not. */
  int unsettled() {
    return unsettled.size();
  }

  LoopWatch watchOf(EventLoop loop) {
    return watches.computeIfAbsent(loop, any -> new LoopWatch(any, watchPeriod));
  }

  void add(Conversation conversation) {
    unsettled.add(conversation);
    if (ending) {
      conversation.drain();
    }
  }

  void remove(Conversation conversation) {
    unsettled.remove(conversation);
    tellIfSettled();
  }

  private void tellIfSettled() {
    if (ending && unsettled.isEmpty()) {
      settled.tryEmitEmpty();
    }
  }

  /** Lets all of them end; completes when the last one has. */
  Mono<Void> drain() {
    ending = true;
    unsettled.forEach(Conversation::drain);
    tellIfSettled();
    return settled.asMono();
  }

  /** Closes those that are left; completes when the last one has settled. */
  Mono<Void> abort() {
    Mono<Void> all = drain();
    unsettled.forEach(Conversation::abort);
    return all;
  }
}
