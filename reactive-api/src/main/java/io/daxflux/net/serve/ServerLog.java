package io.daxflux.net.serve;

import io.daxflux.reactive.ring.OffThread;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a server has to say of its clients, a few lines a second at the most, so that none of them
 * can fill a disk. Any thread.
 */
public final class ServerLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.daxflux.net");
  private static final int MOST_LINES = 10;
  private static final long PERIOD_NS = Duration.ofSeconds(1).toNanos();

  private final AtomicLong periodStartNs = new AtomicLong(System.nanoTime());
  private final AtomicInteger lines = new AtomicInteger();
  private final AtomicInteger suppressed = new AtomicInteger();

  ServerLog() {}

  /** Says this, if there is room for it. No part of it may be secret. */
  public void warn(String line) {
    say(Level.WARN, line);
  }

  private void say(Level level, String line) {
    long nowNs = System.nanoTime();
    long startNs = periodStartNs.get();
    if (nowNs - startNs >= PERIOD_NS && periodStartNs.compareAndSet(startNs, nowNs)) {
      lines.set(0);
    }
    if (lines.incrementAndGet() > MOST_LINES) {
      suppressed.incrementAndGet();
      return;
    }
    int left = suppressed.getAndSet(0);
    String others = left == 0 ? "" : "; " + left + " other lines were not shown";
    OffThread.log(() -> LOG.atLevel(level).log("{}{}", line, others));
  }

  /** The software failed. What the cause says is for those who look: it may name a key. */
  void failure(String line, Throwable cause) {
    say(Level.ERROR, line + ": " + cause.getClass().getName());
    OffThread.log(() -> LOG.debug("{}", line, cause));
  }

  /** What matters only to whoever looks for something. */
  public void debug(String line) {
    if (LOG.isDebugEnabled()) {
      OffThread.log(() -> LOG.debug("{}", line));
    }
  }
}
