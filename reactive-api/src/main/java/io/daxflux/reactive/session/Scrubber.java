package io.daxflux.reactive.session;

import io.daxflux.store.Lease;
import java.time.Duration;
import reactor.core.publisher.Operators;

/**
 * Reads what is stored, chunk after chunk, round and round, so that what has gone bad is found
 * before somebody asks for it. It waits after each chunk as long as the chunk's bytes take at
 * {@code dax.scrub_rate}; it does not count as a use of the chunk.
 *
 * <p>Confined to the store's thread.
 */
final class Scrubber {
  /** How long it waits where it finds nothing to read. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final StoreLoop loop;
  private final long bytesPerSecond;
  private final Alarm alarm;

  Scrubber(StoreLoop loop, long bytesPerSecond) {
    this.loop = loop;
    this.bytesPerSecond = bytesPerSecond;
    this.alarm = loop.alarms().alarm(this::next);
  }

  /** Begins, after a pause. */
  void start() {
    alarm.set(PAUSE);
  }

  /** Reads nothing more. */
  void stop() {
    alarm.clear();
  }

  private void next() {
    if (loop.isClosing()) {
      return;
    }
    Lease lease = loop.store().leaseNext();
    if (lease == null || !lease.sums().areKnown() || lease.bytes() == 0) {
      if (lease != null) {
        loop.store().release(lease, false);
      }
      alarm.set(lease == null ? PAUSE : Duration.ofMillis(1));
      return;
    }
    ScrubSession session =
        new ScrubSession(loop, Operators.emptySubscriber(), lease, this::scrubbed);
    session.begin();
  }

  private void scrubbed(long bytes) {
    if (!loop.isClosing()) {
      alarm.set(Duration.ofNanos((long) (bytes * 1e9 / bytesPerSecond)));
    }
  }
}
