package io.daxflux.examples.longdocqa.engine;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.examples.engine.EngineSession;
import io.daxflux.examples.engine.KvRoute;
import io.daxflux.examples.engine.Timeline;
import java.lang.foreign.MemorySegment;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** First all chunks are copied to memory of the caller's, then all are imported. */
record CopyRoute(Copy copy, List<MemorySegment> outputs) implements KvRoute {
  /** Copies chunks, and returns when all are there. */
  @FunctionalInterface
  interface Copy {
    void restore(List<ChunkKey> keys, List<MemorySegment> outputs, Timeline timeline);
  }

  @Override
  public Mono<Void> load(
      List<ChunkKey> keys, EngineSession session, Scheduler thread, Timeline timeline) {
    return Mono.fromRunnable(
        () -> {
          copy.restore(keys, outputs, timeline);
          for (int i = 0; i < keys.size(); i++) {
            long beginNs = timeline.nowNs();
            if (!session.importChunk(outputs.get(i))) {
              return;
            }
            timeline.imported(beginNs);
          }
        });
  }
}
