package io.daxflux.net.wire;

import io.daxflux.config.DaxfluxConfig;
import java.time.Duration;

/**
 * What one client of a served store may hold of it.
 *
 * @param mostRequestKeys keys that a request may name ({@code dax.max_request_keys})
 * @param streamArenaShare the part of the arena that one stream may have leased ahead ({@code
 *     dax.stream_arena_share})
 * @param leaseMaxAge after how long without demand what it has leased is given back ({@code
 *     dax.lease_max_age})
 */
public record WireLimits(int mostRequestKeys, double streamArenaShare, Duration leaseMaxAge) {
  /** The limits of a store that was opened with this configuration. */
  public static WireLimits of(DaxfluxConfig config) {
    return new WireLimits(config.maxRequestKeys(), config.streamArenaShare(), config.leaseMaxAge());
  }

  long lentBytesOf(long arenaBytes) {
    return Math.max(1, (long) (arenaBytes * streamArenaShare));
  }
}
