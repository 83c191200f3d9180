package io.daxflux.net.wire;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server that is silent whether it is there, as long as something is expected from it. On
 * the client's event loop.
 */
final class KeepAlive {
  private final BooleanSupplier expecting;
  private final Runnable ask;
  private final Runnable whenSilent;
  private @Nullable ScheduledFuture<?> beats;
  private boolean heard;
  private boolean asked;

  /** Runs {@code whenSilent} where nothing was heard for a period behind a question. */
  KeepAlive(BooleanSupplier expecting, Runnable ask, Runnable whenSilent) {
    this.expecting = expecting;
    this.ask = ask;
    this.whenSilent = whenSilent;
  }

  void start(EventExecutor loop, Duration period) {
    beats =
        loop.scheduleAtFixedRate(
            this::beat, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Something has come from it. */
  void heard() {
    heard = true;
  }

  private void beat() {
    if (asked && !heard) {
      whenSilent.run();
      return;
    }
    asked = !heard && expecting.getAsBoolean();
    heard = false;
    if (asked) {
      ask.run();
    }
  }

  void stop() {
    if (beats != null) {
      beats.cancel(false);
    }
  }
}
