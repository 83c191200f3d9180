package io.daxflux.reactive.session;

import io.daxflux.buffer.Output;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.StreamIdleException;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.Transfer;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import reactor.core.CoreSubscriber;

/**
 * {@code restorePrefix}: the consecutive hits from the first key, in order, each as soon as its
 * bytes are there.
 *
 * <p>A chunk passes three stages: <em>reserved</em> by the {@link PrefixReservation} (leased, so
 * that it stays), <em>copying</em> (it has an output and regions) and delivered. It enters the
 * second stage only when there is demand and output memory for it, window by window, the next
 * window as soon as the last region of the one before has been admitted.
 *
 * <p>Where memory is short the stream waits: for others at most {@code dax.restore_wait}; where all
 * that is out is its own subscriber's, only a moment, for a subscriber that collects would never
 * give anything back. Then it ends with what was delivered.
 */
final class PrefixSession<T extends PrefixEvent> extends CopySession<T> implements OutputOwner {
  /** How long a subscriber that holds all of the memory may take to give some of it back. */
  static final Duration OWN_MEMORY_GRACE = Duration.ofMillis(200);

  /** What it is waiting for. */
  private enum Waiting {
    /** Nothing: it has work under way. */
    NO,
    /** Demand. */
    DEMAND,
    /** Memory that others hold, or that others are to have first. */
    OTHERS_MEMORY,
    /** Memory that its own chunks take, of which some are still being copied. */
    OWN_COPIES,
    /** Memory that only its own subscriber holds. */
    OWN_MEMORY;

    boolean isForMemory() {
      return this != NO && this != DEMAND;
    }
  }

  private final PrefixReservation reservation;
  private final RestoreMode mode;
  private final boolean explained;
  private final ChunkReads reads;
  private final Deque<ChunkRead> copying = new ArrayDeque<>();

  /** Read behind the end of the prefix; their outputs go back with the last region. */
  private final List<ChunkRead> beyondEnd = new ArrayList<>(0);

  private final Alarm alarm;
  private Waiting waiting = Waiting.NO;

  /** Since when it has waited for memory, by the timers' clock. */
  private long shortSinceNs;

  private long planned;

  /** The first chunk that was found to be bad: what lies behind it says nothing about the end. */
  private int endsBefore = Integer.MAX_VALUE;

  private int delivered;
  private long ownFootprintBytes;

  /**
   * @param explained whether a {@link PrefixEnd} is delivered at the end
   */
  PrefixSession(
      StoreLoop loop,
      CoreSubscriber<? super T> subscriber,
      List<ChunkKey> keys,
      RestoreMode mode,
      boolean explained) {
    super(loop, subscriber);
    this.reservation = new PrefixReservation(loop, keys);
    this.mode = mode;
    this.explained = explained;
    this.reads = new ChunkReads(keys.size());
    this.alarm = loop.alarms().alarm(() -> guard(this::onAlarm));
  }

  @Override
  List<MemorySegment> memory() {
    return loop.outputs().segments();
  }

  @Override
  RegionCopier copier(Region region) {
    return loop.copier(mode);
  }

  // --- What happens to it

  @Override
  void onBegin() {
    reservation.open();
    advance();
  }

  @Override
  void onDemand() {
    advance();
  }

  /** Output memory came back, and it is this session's turn. */
  void onMemory() {
    advance();
  }

  @Override
  public void outputFreed(long footprintBytes) {
    ownFootprintBytes -= footprintBytes;
    if (waiting == Waiting.OWN_MEMORY) {
      alarm.set(atMost(OWN_MEMORY_GRACE));
    }
  }

  @Override
  void onResult(CopyResult result) {
    reads.note(result);
  }

  @Override
  void onCopied(Region region) {
    reads.account(region, this::onChunkThere);
    deliverReady();
    advance();
  }

  private void onChunkThere(ChunkRead read) {
    if (!loop.reader().end(read)) {
      endAt(read);
    }
  }

  private void onAlarm() {
    switch (waiting) {
      case NO, OWN_COPIES -> {}
      case DEMAND -> stop(StreamIdleException.noDemand(loop.config().leaseMaxAge()));
      case OTHERS_MEMORY, OWN_MEMORY -> {
        reservation.endHere(Reason.OUTPUT_BUDGET, null);
        stopWaiting();
        advance();
      }
    }
  }

  // --- What it does next

  private void advance() {
    if (isStopped() || !isRunning()) {
      return;
    }
    reservation.extend();
    if (reservation.isEmpty()) {
      stopWaiting();
      endWhenDone();
    } else if (hasRegions()) {
      stopWaiting();
    } else if (outbox.requested() == planned) {
      awaitDemand();
    } else {
      startWindow();
    }
  }

  private void awaitDemand() {
    if (waiting != Waiting.DEMAND) {
      stopWaiting();
      waiting = Waiting.DEMAND;
      alarm.set(loop.config().leaseMaxAge());
    }
  }

  /** Takes outputs for as many chunks as demand, memory and the window allow, and plans them. */
  private void startWindow() {
    List<Output> batch = null;
    if (loop.outputs().waiters().isNext(this)) {
      long[] bytes = reservation.window(outbox.requested() - planned, loop.outputs().windowBytes());
      batch = loop.outputs().allocateLongest(bytes);
    }
    if (batch == null) {
      awaitMemory();
      return;
    }
    stopWaiting();
    List<Transfer> transfers = new ArrayList<>(batch.size());
    for (Output output : batch) {
      ChunkRead read = reservation.take();
      read.output = output;
      ownFootprintBytes += loop.outputs().footprint(output.bytes());
      reads.add(read);
      copying.add(read);
      Transfer transfer = read.into(0, output.offset());
      if (transfer == null) {
        onChunkThere(read);
      } else {
        transfers.add(transfer);
      }
    }
    planned += batch.size();
    enqueue(loop.plans().of(transfers, Order.AS_GIVEN));
    deliverReady();
    if (!hasRegions()) {
      advance();
    }
  }

  private void awaitMemory() {
    if (reservation.nextFootprintBytes() > loop.outputs().capacityBytes()) {
      // Not even the whole budget holds this chunk.
      reservation.endHere(Reason.OUTPUT_BUDGET, null);
      stopWaiting();
      endWhenDone();
      return;
    }
    Waiting next = whoseMemory();
    if (waiting == next) {
      return;
    }
    if (!waiting.isForMemory()) {
      stopWaiting();
      shortSinceNs = loop.alarms().nowNs();
      loop.outputs().waiters().add(this);
    }
    waiting = next;
    switch (next) {
      case OTHERS_MEMORY -> alarm.set(atMost(loop.config().restoreWait()));
      case OWN_MEMORY -> alarm.set(atMost(OWN_MEMORY_GRACE));
      default -> alarm.clear();
    }
  }

  private Waiting whoseMemory() {
    long out = loop.outputs().capacityBytes() - loop.outputs().freeBytes();
    if (!loop.outputs().waiters().isNext(this) || out > ownFootprintBytes) {
      return Waiting.OTHERS_MEMORY;
    }
    boolean copies = !copying.isEmpty() || regionsInFlight() > 0;
    return copies ? Waiting.OWN_COPIES : Waiting.OWN_MEMORY;
  }

  /** This long, but no longer than is left of what a stream may wait for memory in all. */
  private Duration atMost(Duration limit) {
    Duration waited = Duration.ofNanos(loop.alarms().nowNs() - shortSinceNs);
    Duration left = loop.config().restoreWait().minus(waited);
    Duration shorter = limit.compareTo(left) < 0 ? limit : left;
    return shorter.isNegative() ? Duration.ZERO : shorter;
  }

  private void stopWaiting() {
    if (waiting == Waiting.NO) {
      return;
    }
    boolean queued = waiting.isForMemory();
    waiting = Waiting.NO;
    alarm.clear();
    if (queued) {
      loop.outputs().waiters().remove(this);
    }
  }

  private void deliverReady() {
    while (!copying.isEmpty() && copying.peek().isComplete()) {
      ChunkRead read = copying.remove();
      delivered++;
      outbox.offer(asEvent(loop.reader().handOut(read, this)));
    }
  }

  /** This chunk's memory faulted, or has other bytes than were put: the prefix ends before it. */
  private void endAt(ChunkRead faulted) {
    if (faulted.index >= endsBefore) {
      return;
    }
    endsBefore = faulted.index;
    reservation.endHere(Reason.MISS, faulted.missReason());
    while (!copying.isEmpty() && copying.peekLast().index >= faulted.index) {
      beyondEnd.add(copying.removeLast());
    }
    dropRegionsIf(
        region -> region.parts().stream().allMatch(part -> part.chunk() >= faulted.index));
  }

  private void endWhenDone() {
    if (!copying.isEmpty() || regionsInFlight() > 0 || hasRegions()) {
      return;
    }
    beyondEnd.forEach(read -> loop.reader().abandon(read, this));
    beyondEnd.clear();
    finish();
    PrefixEnd end = reservation.end(delivered);
    if (end.reason() != Reason.WHOLE) {
      loop.counters().missed();
    }
    if (explained) {
      outbox.offer(asEvent(end));
    }
    outbox.complete();
  }

  @Override
  void giveBackAll() {
    stopWaiting();
    reservation.giveBackAll();
    copying.forEach(read -> loop.reader().abandon(read, this));
    copying.clear();
    beyondEnd.forEach(read -> loop.reader().abandon(read, this));
    beyondEnd.clear();
  }

  /** T is PrefixEvent where the end is explained, and RestoredChunk where it is not. */
  @SuppressWarnings("unchecked")
  private T asEvent(PrefixEvent event) {
    return (T) event;
  }
}
