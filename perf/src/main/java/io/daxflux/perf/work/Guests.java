package io.daxflux.perf.work;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.peer.Peer;
import io.daxflux.perf.peer.PeerException;
import io.daxflux.perf.peer.Peers;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The peers that take part, holding the same documents; and why the others do not. */
final class Guests implements AutoCloseable {
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
  }

  List<Peer> present() {
    return present;
  }

  Map<Peers, String> absent() {
    return absent;
  }

  @Override
  public void close() {
    present.forEach(Peer::close);
  }
}
