package io.daxflux.net.serve;

import io.daxflux.reactive.outcome.BusyException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Asks a busy store again, a little later each time. A ring that is full for a moment is no reason
 * to tell a client that nothing is there, or to drop what it has sent.
 */
public final class Patience {
  static final int MOST_RETRIES = 16;
  private static final Duration FIRST_DELAY = Duration.ofMillis(1);
  private static final Duration LONGEST_DELAY = Duration.ofMillis(100);

  private Patience() {}

  /** The request, repeated while the store is busy, for about a second at the most. */
  public static <T> Mono<T> with(Mono<T> request) {
    return request.retryWhen(
        Retry.backoff(MOST_RETRIES, FIRST_DELAY)
            .maxBackoff(LONGEST_DELAY)
            .filter(BusyException.class::isInstance)
            .onRetryExhaustedThrow((_, last) -> last.failure()));
  }

  /** How long to wait before a retry, the first of which is 0. */
  static long delayMs(int retry) {
    return Math.min(FIRST_DELAY.toMillis() << Math.min(retry, 16), LONGEST_DELAY.toMillis());
  }
}
