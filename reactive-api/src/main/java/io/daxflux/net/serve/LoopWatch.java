package io.daxflux.net.serve;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks now and then whether clients of one event loop are late. On that event loop. */
final class LoopWatch {
  private final EventLoop loop;
  private final Duration period;
  private final Set<Connection> connections = new HashSet<>();
  private @Nullable Future<?> timer;

  LoopWatch(EventLoop loop, Duration period) {
    this.loop = loop;
    this.period = period;
  }

  void add(Connection connection) {
    connections.add(connection);
    if (timer == null) {
      long periodNs = period.toNanos();
      timer = loop.scheduleWithFixedDelay(this::look, periodNs, periodNs, TimeUnit.NANOSECONDS);
    }
  }

  void remove(Connection connection) {
    connections.remove(connection);
    if (connections.isEmpty() && timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void look() {
    long nowNs = System.nanoTime();
    List.copyOf(connections).forEach(connection -> connection.lookWhetherLate(nowNs));
  }
}
