package io.daxflux.net.serve;

import io.daxflux.reactive.outcome.BusyException;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Asks a busy store again, a little later each time. A ring that is full for a moment is no reason
 * to tell a client that nothing is there, or to drop what it has sent.
 */
public final class Patience {
  static final int MOST_RETRIES = 16;
  private static final long FIRST_DELAY_MS = 1;
  private static final long LONGEST_DELAY_MS = 100;

  private Patience() {}

  /**
   * The request, repeated while the store is busy, for about a second at the most. What the store
   * gives is handed on though it was cancelled meanwhile: it may be a lease, which somebody must
   * give back, and operators for retries drop it.
   */
  public static <T> Mono<T> with(Mono<T> request) {
    return with(request, request, 0);
  }

  private static <T> Mono<T> with(Mono<T> request, Mono<T> attempt, int retry) {
    return attempt.onErrorResume(
        BusyException.class,
        busy -> {
          if (retry == MOST_RETRIES) {
            return Mono.error(busy);
          }
          Mono<T> later = request.delaySubscription(Duration.ofMillis(delayMs(retry)));
          return with(request, later, retry + 1);
        });
  }

  /** How long to wait before a retry, the first of which is 0. */
  static long delayMs(int retry) {
    return Math.min(FIRST_DELAY_MS << Math.min(retry, 16), LONGEST_DELAY_MS);
  }
}
