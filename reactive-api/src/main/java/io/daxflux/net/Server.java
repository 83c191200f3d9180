package io.daxflux.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A server that is listening. It serves a store and does not own it: stop the server first, then
 * close the store, whose memory is sent from where it lies. Thread-safe.
 */
public interface Server {
  /** Where it listens; with the port that was found where 0 was asked for. */
  InetSocketAddress address();

  /** What it has done so far, and who is connected. */
  ServerCounters counters();

  /**
   * Stops: accepts no more connections, takes in no more requests, lets those under way end and
   * their replies be read, and closes what is left when the time is over. A request whose bytes are
   * still arriving is under way; what a client has sent behind it is not looked at.
   *
   * <p>Begins at once, with or without a subscriber; everyone who calls it is told the same, and
   * the first call's time counts.
   *
   * @param drain how long requests under way are given, not negative
   * @return completes when all connections are closed, all changes they had asked for are made, and
   *     the server's threads have ended. Changes that the store does not make within 10 s of that
   *     are not waited for; the log says so
   */
  Mono<Void> stop(Duration drain);
}
