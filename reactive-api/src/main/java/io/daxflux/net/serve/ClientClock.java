package io.daxflux.net.serve;

import io.daxflux.net.ServerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Since when a client owes something. The time in which the server does not read from it does not
 * count. On the event loop.
 */
final class ClientClock {
  private final ServerOptions options;

  /** When it came; whatever it does, it has to be admitted soon after. */
  private final long bornNs = System.nanoTime();

  private boolean admitted;

  /** When it last did something: began a request, finished one, took a reply. */
  private long sinceNs = bornNs;

  /** Set while the server does not read. */
  private long pausedNs;

  private boolean awaited = true;
  private boolean withinRequest;

  ClientClock(ServerOptions options) {
    this.options = options;
    this.admitted = options.secret() == null;
  }

  void admit() {
    admitted = true;
    touch();
  }

  /** The client has done something. */
  void touch() {
    sinceNs = System.nanoTime();
    pausedNs = sinceNs;
  }

  void touchIfIdle() {
    if (!withinRequest) {
      touch();
    }
  }

  /**
   * Says what the client is to do next.
   *
   * @param now whether it is the client's turn at all
   * @param within whether it has begun a request
   */
  void await(boolean now, boolean within) {
    if (within && !withinRequest) {
      touch();
    }
    if (now != awaited) {
      long nowNs = System.nanoTime();
      if (now) {
        sinceNs += nowNs - pausedNs;
      } else {
        pausedNs = nowNs;
      }
      awaited = now;
    }
    withinRequest = within;
  }

  boolean isWithinRequest() {
    return withinRequest;
  }

  /** What the client has not done in time, or null. */
  @Nullable String late(long nowNs, boolean idle, boolean unread) {
    long waitedNs = awaited ? nowNs - sinceNs : 0;
    if (unread) {
      return "expected its replies to be read within " + options.writeTimeout();
    }
    if (!admitted && nowNs - bornNs > options.handshakeTimeout().toNanos()) {
      return "expected a secret within " + options.handshakeTimeout();
    }
    if (withinRequest && waitedNs > options.requestTimeout().toNanos()) {
      return "expected a whole request within " + options.requestTimeout();
    }
    Duration idleTimeout = options.idleTimeout();
    if (!withinRequest && idle && idleTimeout.isPositive() && waitedNs > idleTimeout.toNanos()) {
      return "expected a request within " + idleTimeout;
    }
    return null;
  }
}
