package io.daxflux.perf.store;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.PutMode;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Outputs;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** Chunks that are put anew, so that the next read of them is their first. */
final class Replacement {
  private static final int AT_A_TIME = 64;

  private Replacement() {}

  static void of(Ground ground, List<Ask> asks) {
    for (Ask ask : asks) {
      try (RestoredBatch batch = ground.store().restoreAll(ask.keys()).block()) {
        List<MemorySegment> bytes = Outputs.segments(batch, ask);
        remove(ground, ask);
        put(ground, ask, bytes);
        batch.hits().forEach(chunk -> chunk.segment().fill((byte) 0));
      }
    }
  }

  static void remove(Ground ground, Ask ask) {
    Flux.fromIterable(ask.keys()).flatMap(ground.store()::remove, AT_A_TIME).blockLast();
  }

  static void put(Ground ground, Ask ask, List<MemorySegment> bytes) {
    List<Chunk> chunks = new ArrayList<>(ask.chunks());
    for (int i = 0; i < ask.chunks(); i++) {
      chunks.add(
          Chunk.builder(ask.keys().get(i), ask.document().chunk().layout())
              .payload(bytes.get(i))
              .build());
    }
    List<PutOutcome> outcomes =
        ground.store().putAll(chunks, PutMode.KEEP_EXISTING).collectList().block();
    for (PutOutcome outcome : outcomes) {
      if (!(outcome instanceof PutOutcome.Stored)) {
        throw new IllegalStateException("expected a chunk stored, found " + outcome);
      }
    }
  }
}
