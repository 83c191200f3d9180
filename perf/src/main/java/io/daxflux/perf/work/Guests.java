package io.daxflux.perf.work;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.peer.Peer;
import io.daxflux.perf.peer.PeerException;
import io.daxflux.perf.peer.Peers;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Pace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The peers that take part, holding the same documents; and why the others do not. */
final class Guests implements AutoCloseable {
  /** What a call costs is nothing beside the copy of a larger chunk. */
  private static final long MOST_BATCHED_BYTES = 1 << 20;

  private final List<Peer> present = new ArrayList<>();
  private final Map<Peers, String> absent = new EnumMap<>(Peers.class);

  /** Opens all, and puts the ground's documents into each. */
  Guests(ScratchFolder folder, Ground ground) {
    for (Peers kind : Peers.values()) {
      try {
        Peer peer = kind.open(folder, ground.documents());
        present.add(peer);
        fill(peer, ground);
      } catch (PeerException reason) {
        absent.put(kind, reason.getMessage());
        present.removeIf(
            peer -> {
              boolean failed = peer.name().equals(kind.label());
              if (failed) {
                peer.close();
              }
              return failed;
            });
      }
    }
  }

  private static void fill(Peer peer, Ground ground) {
    for (Document document : ground.documents()) {
      List<MemorySegment> sources = ground.sources(Ask.whole(document));
      for (int i = 0; i < sources.size(); i++) {
        peer.put(document.keys().get(i), sources.get(i));
      }
    }
    peer.settle();
  }

  /**
   * Has each take part, one after the other or by batches, as it is faster.
   *
   * @param asks for the race that chooses
   */
  List<Contender> contenders(Ways ways, List<Ask> asks, int callers, Pace pace) {
    List<Contender> contenders = new ArrayList<>();
    for (Peer peer : present) {
      List<Contender> both = new ArrayList<>(List.of(ways.of(peer, false)));
      if (peer.hasBatches() && asks.getFirst().document().chunk().bytes() <= MOST_BATCHED_BYTES) {
        both.add(ways.of(peer, true));
      }
      contenders.add(Faster.of(both, asks, callers, pace));
    }
    return contenders;
  }

  /** What a peer does. */
  @FunctionalInterface
  interface Ways {
    /** By batches or not. */
    Contender of(Peer peer, boolean batches);
  }

  Map<Peers, String> absent() {
    return absent;
  }

  @Override
  public void close() {
    present.forEach(Peer::close);
  }
}
