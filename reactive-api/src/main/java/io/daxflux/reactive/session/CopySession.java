package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.Transfer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * A session that copies: the counting owner of everything it has in flight.
 *
 * <p>While a region of it is in flight, a worker may be reading its leases' extents and writing its
 * outputs. So whatever ends it early (cancellation, failure, close) only {@linkplain #stop stops}
 * it: no further region is admitted, workers look away between slices, and the region that comes
 * back last settles: it gives back everything, and only then is the subscriber told.
 *
 * @param <T> what it delivers
 */
abstract class CopySession<T> extends Session<T> {
  private final Deque<Region> pending = new ArrayDeque<>();
  private int inFlight;
  private @Nullable Throwable failure;

  /** Read by workers between slices. */
  private volatile boolean stopped;

  CopySession(StoreLoop loop, CoreSubscriber<? super T> subscriber) {
    super(loop, subscriber);
  }

  /** The memory on the other side of the arena, as the planned spans count it. */
  abstract List<MemorySegment> memory();

  /** On whose behalf it copies: callers take turns, not sessions. By default its own. */
  Object caller() {
    return this;
  }

  /** What copies this region. */
  abstract RegionCopier copier(Region region);

  /** What a region's copy found out about its chunks. Also called once stopped. */
  abstract void onResult(CopyResult result);

  /** A region was copied, apart from chunks whose memory faulted. Not called once stopped. */
  abstract void onCopied(Region region);

  /** Gives back everything that is still held. Nothing is in flight any more. */
  abstract void giveBackAll();

  final void enqueue(Collection<Region> regions) {
    pending.addAll(regions);
    loop.gate().join(this);
  }

  final boolean hasRegions() {
    return !pending.isEmpty();
  }

  final void dropRegionsIf(Predicate<Region> unwanted) {
    pending.removeIf(unwanted);
  }

  final @Nullable Region takeRegion() {
    Region region = pending.poll();
    if (region != null) {
      inFlight++;
    }
    return region;
  }

  final int regionsInFlight() {
    return inFlight;
  }

  final boolean isStopped() {
    return stopped;
  }

  final void regionBack(
      Region region, @Nullable CopyResult result, @Nullable Throwable copyFailure) {
    workBack(
        () -> {
          if (copyFailure != null) {
            onCopyFailure(region, copyFailure);
            return;
          }
          onResult(result);
          if (!stopped) {
            onCopied(region);
          }
        });
  }

  /** Something other than a region is under way on its behalf, and must be back before it ends. */
  final void workOut() {
    inFlight++;
  }

  /**
   * It is back.
   *
   * @param step what follows from that; also run once stopped
   */
  final void workBack(Runnable step) {
    inFlight--;
    guard(step);
    if (stopped) {
      settleWhenIdle();
    }
  }

  /**
   * Cuts a region that failed up by chunk and lets it be tried again, so that only the chunk at
   * fault fails.
   *
   * @return false where it is one chunk's alone
   */
  final boolean retryByChunk(Region region) {
    Map<Integer, List<Transfer>> byChunk = new LinkedHashMap<>();
    for (Transfer part : region.parts()) {
      byChunk.computeIfAbsent(part.chunk(), _ -> new ArrayList<>()).add(part);
    }
    if (byChunk.size() == 1) {
      return false;
    }
    enqueue(byChunk.values().stream().map(Region::of).toList());
    return true;
  }

  /** A worker failed, and not the memory. By default that ends the session. */
  void onCopyFailure(Region region, Throwable cause) {
    stop(new RequestFailedException(cause));
  }

  @Override
  void onCancel() {
    stop(null);
  }

  @Override
  final void abort(Throwable cause) {
    stop(cause);
  }

  /**
   * Ends it early.
   *
   * @param cause what the subscriber is told; null where it has gone
   */
  final void stop(@Nullable Throwable cause) {
    if (failure == null) {
      failure = cause;
    } else if (cause != null && !cause.equals(failure)) {
      failure.addSuppressed(cause);
    }
    stopped = true;
    pending.clear();
    settleWhenIdle();
  }

  private void settleWhenIdle() {
    if (inFlight > 0 || !isRunning()) {
      return;
    }
    giveBackAll();
    finish();
    if (failure != null) {
      outbox.fail(failure);
    }
  }
}
