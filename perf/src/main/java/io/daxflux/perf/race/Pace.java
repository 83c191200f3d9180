package io.daxflux.perf.race;

import java.time.Duration;

/**
 * How long a race takes.
 *
 * @param warmUp how long each contender runs before anything counts, at least once
 * @param rounds how many turns each has at most
 * @param leastRounds how many at least
 * @param atMost after which there are no more rounds than those
 */
public record Pace(Duration warmUp, int rounds, int leastRounds, Duration atMost) {}
