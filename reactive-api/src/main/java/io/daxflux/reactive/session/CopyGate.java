package io.daxflux.reactive.session;

import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.scheduler.Scheduler;

/**
 * Admits regions to the copy workers: never more than the bound in flight, one of each session in
 * turn, the next as soon as one is back. So a small hit waits for a region and not for a request.
 */
final class CopyGate {
  private final Scheduler workers;
  private final int maxRegions;
  private final Queue<CopySession<?>> turns = new ArrayDeque<>();
  private int inFlight;

  CopyGate(Scheduler workers, int maxRegions) {
    this.workers = workers;
    this.maxRegions = maxRegions;
  }

  /** Gives a session with regions a turn, if it has none. */
  void join(CopySession<?> session) {
    if (!session.hasTurn) {
      session.hasTurn = true;
      turns.add(session);
    }
    admit();
  }

  void returned() {
    inFlight--;
  }

  void admit() {
    while (inFlight < maxRegions && !turns.isEmpty()) {
      CopySession<?> session = turns.remove();
      session.hasTurn = false;
      Region region = session.takeRegion();
      if (region == null) {
        continue;
      }
      dispatch(session, region, session.copier());
      if (session.hasRegions()) {
        session.hasTurn = true;
        turns.add(session);
      }
    }
  }

  private void dispatch(CopySession<?> session, Region region, RegionCopier copier) {
    inFlight++;
    RegionJob job = new RegionJob(this, session, region, copier);
    try {
      workers.schedule(job);
    } catch (RejectedExecutionException disposed) {
      job.refuse(disposed);
    }
  }

  int inFlight() {
    return inFlight;
  }
}
