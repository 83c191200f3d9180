package io.daxflux.reactive.session;

import io.daxflux.checksum.SliceSums;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.StreamedSums;
import io.daxflux.restore.Transfer;
import io.daxflux.store.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one put, and behind them its end. They are handled in their order, by one thread at
 * a time: a copy worker while there is anything to copy, or else whoever brings the next one.
 *
 * <p>Once its end was handled, nobody touches the put's place any more, whatever comes behind it.
 * What the line has found out until then is seen by whoever the end tells.
 */
final class PartLine implements Runnable {
  /** After so many bytes others have their turn at the worker. */
  private static final long TURN_BYTES = 4L << 20;

  /** What stands in the line. */
  private sealed interface Item {
    record Part(PartWrite write) implements Item {}

    record End(Runnable onEnd) implements Item {}
  }

  private final StoreLoop loop;
  private final RegionCopier copier;
  private final MemorySegment arena;
  private final Reservation place;
  private final @Nullable StreamedSums sums;
  private final Supplier<? extends Throwable> refusal;

  /** Whether the place's pages are known to be there: who touches them is not held up. */
  private final boolean inMemory;

  private final Queue<Item> items = new ConcurrentLinkedQueue<>();

  /** How many items are not done with; whoever makes it one has the line until it is none. */
  private final AtomicInteger work = new AtomicInteger();

  /** How often something came or was done. */
  private final AtomicInteger activity = new AtomicInteger();

  /** There is no point in copying any more. */
  private volatile boolean stopped;

  // Touched only by the thread that has the line, and by whoever the end was told to.
  private boolean ended;
  private long copiedBytes;
  private @Nullable Cause failure;
  private String failureDetail = "";

  /**
   * @param refusal what parts are told that are no longer taken
   */
  PartLine(StoreLoop loop, Reservation place, Supplier<? extends Throwable> refusal) {
    this.loop = loop;
    this.copier = loop.putCopier();
    this.arena = loop.device().memory();
    this.place = place;
    this.sums = loop.config().checksum() ? new StreamedSums(place.bytes()) : null;
    this.refusal = refusal;
    this.inMemory = loop.isInMemory(place.arenaOffset() + place.bytes());
  }

  /** Brings the next part, no longer than what is missing. Any thread. */
  void add(PartWrite write) {
    add(new Item.Part(write));
  }

  /**
   * Ends the line behind the parts that it has.
   *
   * @param onEnd runs once, when all of them were copied or refused; any thread, must not block
   */
  void end(Runnable onEnd) {
    add(new Item.End(onEnd));
  }

  /** Copies no more; the part that is being copied ends at its next slice. Any thread. */
  void stop() {
    stopped = true;
  }

  /**
   * Takes a part on the calling thread, where it is the only one, small, and its place in memory.
   * One thread at a time with {@link #add}.
   *
   * @return false where it has to go the other way; nothing was done then
   */
  boolean tryCopyAtOnce(MemorySegment part) {
    if (!inMemory || part.byteSize() > RegionCopier.AT_ONCE_BYTES || !work.compareAndSet(0, 1)) {
      return false;
    }
    boolean taken = !ended && !stopped && failure == null && copyAtOnce(part);
    activity.incrementAndGet();
    if (work.decrementAndGet() > 0) {
      dispatch();
    }
    return taken;
  }

  private boolean copyAtOnce(MemorySegment part) {
    try {
      if (!copier.putAtOnce(part, arena, place.arenaOffset() + copiedBytes)) {
        return false;
      }
      if (sums == null || sums.add(part, 0, part.byteSize())) {
        copiedBytes += part.byteSize();
      } else {
        fail(Cause.PAYLOAD_FAULT, "memory faulted in the copy");
      }
    } catch (IllegalStateException closed) {
      // As in other copies: the arena or the part was closed.
      fail(Cause.PAYLOAD_FAULT, closed.toString());
    } catch (RuntimeException | Error broken) {
      fail(Cause.INTERNAL, broken.toString());
    }
    return true;
  }

  private void add(Item item) {
    activity.incrementAndGet();
    items.add(item);
    if (work.getAndIncrement() == 0) {
      dispatch();
    }
  }

  /** A number that differs where something was done in between. Any thread. */
  int activity() {
    return activity.get();
  }

  /** Whether something is being copied, or waits for that. Any thread. */
  boolean isBusy() {
    return work.get() > 0;
  }

  /** How many bytes are in their place. */
  long copiedBytes() {
    return copiedBytes;
  }

  /** Tells the place what went wrong with the copies, if anything did. */
  void report(PutPlace to) {
    if (failure != null) {
      to.fail(failure, failureDetail);
    }
  }

  /** The checksums of the payload, which is all there. */
  SliceSums sums() {
    return sums == null ? SliceSums.NONE : sums.toSums();
  }

  private void dispatch() {
    if (!copies(items.element())) {
      run();
      return;
    }
    try {
      loop.copyWorkers().schedule(this);
    } catch (RuntimeException | Error refused) {
      fail(Cause.INTERNAL, refused.toString());
      run();
    }
  }

  private boolean copies(Item item) {
    return item instanceof Item.Part && !ended && !stopped && failure == null;
  }

  @Override
  public void run() {
    long bytes = 0;
    do {
      bytes += handle(items.remove());
      activity.incrementAndGet();
      if (work.decrementAndGet() == 0) {
        return;
      }
    } while (bytes < TURN_BYTES);
    dispatch();
  }

  private long handle(Item item) {
    return switch (item) {
      case Item.End(Runnable onEnd) -> {
        ended = true;
        onEnd.run();
        yield 0;
      }
      case Item.Part(PartWrite write) -> {
        if (ended || stopped) {
          write.refused(refusal.get());
          yield 0;
        }
        if (failure == null) {
          tryCopy(write.part());
        }
        if (stopped) {
          write.refused(refusal.get());
        } else {
          write.taken();
        }
        yield write.part().byteSize();
      }
    };
  }

  private void tryCopy(MemorySegment part) {
    try {
      copy(part);
    } catch (IllegalStateException closed) {
      // A closed arena says so with this exception; nothing else in a copy throws it.
      fail(Cause.PAYLOAD_FAULT, closed.toString());
    } catch (RuntimeException | Error broken) {
      fail(Cause.INTERNAL, broken.toString());
    }
  }

  private void copy(MemorySegment part) {
    long mostBytes = sums == null ? part.byteSize() : StreamedSums.PIECE_BYTES;
    for (long from = 0; from < part.byteSize() && !stopped; ) {
      long bytes = Math.min(mostBytes, part.byteSize() - from);
      Transfer piece = new Transfer(0, place.arenaOffset() + copiedBytes, 0, from, bytes);
      CopyResult result =
          copier.copy(Region.of(List.of(piece)), arena, List.of(part), () -> stopped);
      boolean faulted = !result.faultedChunks().isEmpty();
      if (faulted || (sums != null && !sums.add(part, from, bytes))) {
        boolean arenaFaulted = !result.arenaFaults().isEmpty();
        fail(arenaFaulted ? Cause.ARENA_FAULT : Cause.PAYLOAD_FAULT, "memory faulted in the copy");
        return;
      }
      copiedBytes += bytes;
      from += bytes;
    }
  }

  private void fail(Cause cause, String detail) {
    failure = cause;
    failureDetail = detail;
  }
}
