package io.daxflux.reactive;

import io.daxflux.config.DaxfluxConfig;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Threads that many stores use one after the other: a store of one's own takes longer to open. */
public final class SharedThreads implements AutoCloseable {
  private final Scheduler workers = mayBlock("shared-copy", 2);
  private final Scheduler committer = mayBlock("shared-commit", 1);
  private final Scheduler delivery = Schedulers.newParallel("shared-delivery", 1);
  private final Scheduler timers = Schedulers.newSingle("shared-timers");

  private static Scheduler mayBlock(String name, int threads) {
    return Schedulers.newBoundedElastic(threads, 1 << 20, name, 60, true);
  }

  /** A store on these threads. */
  public StoreBuilder builder(DaxfluxConfig config, @Nullable Scheduler clock) {
    return ReactiveChunkStore.builder(config)
        .copyOn(workers)
        .commitOn(committer)
        .deliverOn(delivery)
        .keepTimeOn(clock == null ? timers : clock);
  }

  @Override
  public void close() {
    workers.dispose();
    committer.dispose();
    delivery.dispose();
    timers.dispose();
  }
}
