package io.daxflux.perf.report;

import static io.daxflux.perf.report.Goal.atLeast;

import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.peer.Peers;
import io.daxflux.perf.race.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** To be ahead of each peer, at every size: the least lead of all. */
final class PeerGoals {
  private final Lookup found;

  PeerGoals(Lookup found) {
    this.found = found;
  }

  List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    for (Copying copying : Copying.values()) {
      for (Peers peer : Peers.values()) {
        goals.add(
            atLeast(
                1,
                String.format(Locale.ROOT, "least lead over %s, %s, times", peer.label(), copying),
                leastLead(copying, peer.label())));
      }
    }
    return goals;
  }

  private Optional<Spread> leastLead(Copying copying, String peer) {
    return ChunkSize.ALL.stream()
        .flatMap(
            chunk ->
                found
                    .ratio(copying.restored(chunk), Copying.restored(peer, chunk, "contiguous"))
                    .stream())
        .min(Comparator.comparingDouble(Spread::median));
  }
}
