package io.daxflux.perf.lmcache;

import io.daxflux.examples.lmcache.Slots;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A ground's chunks, indexed as LMCache indexes them. */
final class GroundSlots {
  private GroundSlots() {}

  static Slots of(Ground ground) {
    Slots slots = new Slots(ground.arena());
    for (Document document : ground.documents()) {
      List<MemorySegment> sources = ground.sources(Ask.whole(document));
      for (int i = 0; i < sources.size(); i++) {
        slots.add(document.keys().get(i), sources.get(i));
      }
    }
    return slots;
  }
}
