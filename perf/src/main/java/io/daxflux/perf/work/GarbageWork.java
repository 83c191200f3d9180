package io.daxflux.perf.work;

import com.sun.management.ThreadMXBean;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Outputs;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.race.Samples;
import io.daxflux.perf.report.Row;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What a restore leaves on the heap, over all threads: bytes allocated for each chunk of a
 * document.
 */
public record GarbageWork(ChunkSize chunk) {
  private static final int WARM_UP = 40;
  private static final int SAMPLES = 5;
  private static final int RESTORES = 3;

  /** Runs it. */
  public List<Row> run() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Samples bytes = new Samples();
    try (ScratchFolder folder = new ScratchFolder();
        Ground ground =
            new Ground(
                folder, Document.several(1, Document.CHUNKS, chunk), Arrangement.CONTIGUOUS, 2)) {
      Ask ask = Ask.whole(ground.documents().getFirst());
      restore(ground, ask, WARM_UP);
      for (int i = 0; i < SAMPLES; i++) {
        long before = threads.getTotalThreadAllocatedBytes();
        restore(ground, ask, RESTORES);
        long after = threads.getTotalThreadAllocatedBytes();
        bytes.add((after - before) / (double) (RESTORES * ask.chunks()));
      }
    }
    return List.of(
        Row.plain(
            "daxflux restoreAll",
            "garbage",
            chunk.name(),
            chunk.bytes(),
            2,
            1,
            "bytes a chunk",
            bytes.spread()));
  }

  private static void restore(Ground ground, Ask ask, int times) {
    for (int i = 0; i < times; i++) {
      try (RestoredBatch batch = ground.store().restoreAll(ask.keys()).block()) {
        Outputs.segments(batch, ask);
      }
    }
  }
}
