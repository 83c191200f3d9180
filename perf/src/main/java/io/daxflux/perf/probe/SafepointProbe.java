package io.daxflux.perf.probe;

import io.daxflux.config.CopyEngine;
import io.daxflux.device.NativeCopy;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Outputs;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.race.Samples;
import io.daxflux.perf.race.Spread;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Asks for safepoints while others copy. How long each took to be reached, the JVM writes into its
 * log; a search for deadlocked monitors needs a safepoint, does next to nothing in it, and leaves
 * no garbage.
 */
public final class SafepointProbe {
  private static final ChunkSize CHUNK = ChunkSize.MIB_40;
  private static final int CHUNKS = 4;
  private static final int WORKERS = 2;

  /** The longest that the store makes. */
  private static final long SLICE_BYTES = 6L << 20;

  private static final int SLICE_ROUNDS = 50;
  private static final double NS_PER_US = 1e3;
  private static final long LEAST_WAIT_NS = Duration.ofMillis(1).toNanos();
  private static final long MOST_WAIT_NS = Duration.ofMillis(4).toNanos();
  private static final Duration WARM_UP = Duration.ofMillis(100);

  private final Ground ground;
  private final Ask ask;
  private final List<MemorySegment> sources;
  private final List<MemorySegment> outputs;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final SplittableRandom random = new SplittableRandom(1);

  private SafepointProbe(Ground ground, Outputs held) {
    this.ground = ground;
    this.ask = Ask.whole(ground.documents().getFirst());
    this.sources = ground.sources(ask);
    this.outputs = held.chunks(0);
  }

  /**
   * What goes on.
   *
   * @param threads how many threads copy
   */
  public record Running(String system, int threads) {}

  /**
   * Safepoints asked for, one after the other.
   *
   * @param running what went on meanwhile
   * @param asked how many
   */
  public record Turn(Running running, int asked) {}

  /**
   * What was done, and what a slice takes.
   *
   * @param turns in order
   * @param sliceUs microseconds that the JVM takes to copy a slice of 6 MiB, the longest, while
   *     another thread copies too
   */
  public record Found(List<Turn> turns, Spread sliceUs) {}

  /** What goes on, by so many threads of a load's, of which each takes this step. */
  private record Case(Running running, int loadThreads, IntConsumer step) {}

  /** Takes turns: how many rounds, and how many safepoints in a turn. */
  public static void main(String[] args) throws IOException {
    List<Document> documents = Document.several(1, CHUNKS, CHUNK);
    try (ScratchFolder folder = new ScratchFolder();
        // Room for one document that is held, and one that is restored.
        Ground ground =
            new Ground(folder, documents, Arrangement.CONTIGUOUS, WORKERS, 2, options -> options);
        Outputs held = Outputs.hold(ground.store(), List.of(Ask.whole(documents.getFirst())))) {
      Found found =
          new SafepointProbe(ground, held)
              .measure(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      FreshJvm.hand(found);
    }
  }

  private Found measure(int rounds, int asks) {
    List<Case> cases = cases();
    for (Case each : cases) {
      try (Load _ = new Load(each.loadThreads, each.step)) {
        LockSupport.parkNanos(WARM_UP.toNanos());
      }
    }
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (Case each : cases) {
        try (Load _ = new Load(each.loadThreads, each.step)) {
          ask(asks);
        }
        turns.add(new Turn(each.running, asks));
      }
    }
    return new Found(turns, sliceUs());
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(new Running("nothing running", 0), 0, _ -> {}));
    cases.add(restores("daxflux restoreAll", WORKERS, ground.store()));
    if (NativeCopy.offer() instanceof NativeCopy.Offer.Available) {
      ReactiveChunkStore nativeTwin = ground.twin(with -> with.copyEngine(CopyEngine.NATIVE));
      cases.add(restores("daxflux restoreAll, native", WORKERS, nativeTwin));
    }
    // Leaves a processor to whoever asks for the safepoint, where there are two
    ReactiveChunkStore oneWorker = ground.twin(with -> with.restoreMaxRegions(1));
    cases.add(restores("daxflux restoreAll", 1, oneWorker));
    cases.add(new Case(new Running("JVM copy, 40 MiB a call", WORKERS), WORKERS, this::copyChunk));
    return cases;
  }

  private Case restores(String system, int workers, ReactiveChunkStore store) {
    return new Case(new Running(system, workers), 1, _ -> restore(store));
  }

  private void copyChunk(int number) {
    MemorySegment.copy(sources.get(number), 0, outputs.get(number), 0, CHUNK.bytes());
  }

  private void restore(ReactiveChunkStore store) {
    try (RestoredBatch batch = store.restoreAll(ask.keys()).block()) {
      Outputs.segments(batch, ask);
    }
  }

  /** At any moment of a copy, hence the random waits. */
  private void ask(int times) {
    for (int i = 0; i < times; i++) {
      LockSupport.parkNanos(random.nextLong(LEAST_WAIT_NS, MOST_WAIT_NS));
      threads.findMonitorDeadlockedThreads();
    }
  }

  private Spread sliceUs() {
    Samples us = new Samples();
    try (Load _ = new Load(WORKERS - 1, other -> slicesUs(other + 1, new Samples()))) {
      slicesUs(0, new Samples());
      for (int i = 0; i < SLICE_ROUNDS; i++) {
        slicesUs(0, us);
      }
    }
    return us.spread();
  }

  /** The slices of one thread's share. */
  private void slicesUs(int thread, Samples us) {
    for (int chunk = thread; chunk < CHUNKS; chunk += WORKERS) {
      MemorySegment from = sources.get(chunk);
      for (long at = 0; at + SLICE_BYTES <= CHUNK.bytes(); at += SLICE_BYTES) {
        long startNs = System.nanoTime();
        MemorySegment.copy(from, at, outputs.get(chunk), at, SLICE_BYTES);
        us.add((System.nanoTime() - startNs) / NS_PER_US);
      }
    }
  }
}
