package io.daxflux.reactive.session;

import io.daxflux.restore.Region;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import reactor.core.scheduler.Scheduler;

/**
 * Admits regions to the copy workers: never more than the bound in flight, one of each caller in
 * turn, the next as soon as one is back. So a small hit waits for a region and not for a request,
 * and a stream of many puts has no more turns than one restore.
 */
final class CopyGate {
  private final Scheduler workers;
  private final int maxRegions;

  /** Callers in the order of their turns, each with its sessions that have regions. */
  private final Map<Object, Queue<CopySession<?>>> turns = new LinkedHashMap<>();

  private int inFlight;

  CopyGate(Scheduler workers, int maxRegions) {
    this.workers = workers;
    this.maxRegions = maxRegions;
  }

  /** Lets a session's regions take their turns. */
  void join(CopySession<?> session) {
    Queue<CopySession<?>> sessions =
        turns.computeIfAbsent(session.caller(), _ -> new ArrayDeque<>(1));
    if (!sessions.contains(session)) {
      sessions.add(session);
    }
    admit();
  }

  void returned() {
    inFlight--;
  }

  void admit() {
    while (inFlight < maxRegions && !turns.isEmpty()) {
      Iterator<Map.Entry<Object, Queue<CopySession<?>>>> first = turns.entrySet().iterator();
      Map.Entry<Object, Queue<CopySession<?>>> turn = first.next();
      Object caller = turn.getKey();
      Queue<CopySession<?>> sessions = turn.getValue();
      first.remove();
      CopySession<?> session = sessions.remove();
      Region region = session.takeRegion();
      if (session.hasRegions()) {
        sessions.add(session);
      }
      if (!sessions.isEmpty()) {
        turns.put(caller, sessions);
      }
      if (region != null) {
        dispatch(session, region);
      }
    }
  }

  private void dispatch(CopySession<?> session, Region region) {
    inFlight++;
    boolean small = region.bytes() <= WaitingCaller.MOST_REGION_BYTES;
    WaitingCaller caller = small ? session.caller : null;
    RegionJob job = new RegionJob(this, session, region, session.copier(region), caller);
    if (caller != null && caller.offer(job)) {
      return;
    }
    try {
      workers.schedule(job);
    } catch (RuntimeException | Error refused) {
      // A scheduler that was disposed, or a thread that cannot be started.
      job.refuse(refused);
    }
  }

  int inFlight() {
    return inFlight;
  }
}
