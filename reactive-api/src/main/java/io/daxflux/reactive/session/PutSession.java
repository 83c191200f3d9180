package io.daxflux.reactive.session;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.SliceSum;
import io.daxflux.restore.Transfer;
import io.daxflux.store.Reservation;
import io.daxflux.store.ReserveResult;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code putAll} of a list: each chunk gets a place behind its predecessor, is copied, and
 * committed by itself; outcomes come in the order of the list.
 *
 * <p>A chunk passes four stages: it has a place; the place may be used, because no record of what
 * lay there before is valid any more; its payload is there; its record is. Then it becomes visible,
 * in exactly one place, {@link PutPlace#commit}, on the store's thread. A cancel that is handled
 * before it takes the chunk back, one that is handled after it is too late. Acknowledged on
 * acceptance ({@code dax.async_put}), a chunk no longer depends on its subscriber.
 */
final class PutSession extends CopySession<PutOutcome> {
  private final List<PutItem> items;
  private final List<MemorySegment> memory;
  private final PutMode mode;
  private final @Nullable ChunkKey predecessor;
  private final @Nullable Object stream;
  private final boolean acceptEarly;
  private int nextToTell;
  private int unsettled;

  /** The subscriber has gone: items without a place get none any more. */
  private boolean abandoned;

  /**
   * @param predecessor the chunk before the first; null for none
   * @param stream the stream of puts that it is part of, with which it shares its turns; null for
   *     none
   */
  PutSession(
      StoreLoop loop,
      CoreSubscriber<? super PutOutcome> subscriber,
      List<Chunk> chunks,
      PutMode mode,
      @Nullable ChunkKey predecessor,
      @Nullable Object stream) {
    super(loop, subscriber);
    this.items = new ArrayList<>(chunks.size());
    this.memory = new ArrayList<>(chunks.size());
    this.mode = mode;
    this.predecessor = predecessor;
    this.stream = stream;
    this.acceptEarly = loop.config().asyncPut();
    this.unsettled = chunks.size();
    for (Chunk chunk : chunks) {
      items.add(new PutItem(items.size(), chunk, memory.size(), loop.config().checksum()));
      memory.addAll(chunk.payload());
    }
  }

  @Override
  List<MemorySegment> memory() {
    return memory;
  }

  @Override
  RegionCopier copier(Region region) {
    return loop.putCopier();
  }

  @Override
  Object caller() {
    return stream == null ? this : stream;
  }

  @Override
  void onBegin() {
    long followingBytes = 0;
    for (PutItem item : items) {
      followingBytes += item.chunk.layout().bytes();
    }
    for (PutItem item : items) {
      followingBytes -= item.chunk.layout().bytes();
      reserve(item, followingBytes);
    }
    copyWhenUsable(items.stream().filter(item -> item.place != null).toList());
  }

  /** A put of the same key that was under way has ended: this one's turn. */
  private void retry(PutItem item) {
    if (!isRunning() || isStopped() || item.isSettled()) {
      return;
    }
    guard(
        () -> {
          if (abandoned) {
            settle(item);
            return;
          }
          reserve(item, 0);
          if (item.place != null) {
            copyWhenUsable(List.of(item));
          }
        });
  }

  private void reserve(PutItem item, long followingBytes) {
    ChunkHead head = item.chunk.head().after(predecessorOf(item));
    switch (loop.store().reserve(head, mode, followingBytes)) {
      case ReserveResult.Reserved(Reservation reservation) -> {
        item.place = new PutPlace(loop, reservation);
        if (acceptEarly) {
          tell(item, new PutOutcome.Accepted(head.key(), head.layout().bytes()));
        }
      }
      case ReserveResult.Busy(Reservation current) -> current.onSettled(() -> retry(item));
      case ReserveResult.Refusal refusal -> end(item, PutRefusal.outcomeOf(head.key(), refusal));
    }
  }

  private @Nullable ChunkKey predecessorOf(PutItem item) {
    if (item.chunk.predecessor() != null) {
      return item.chunk.predecessor();
    }
    return item.index == 0 ? predecessor : items.get(item.index - 1).chunk.key();
  }

  /** Copies what has a place that can be used at once, and the rest as soon as it can be. */
  private void copyWhenUsable(List<PutItem> placed) {
    long event = 0;
    List<PutItem> usable = new ArrayList<>(placed.size());
    List<PutItem> later = new ArrayList<>(0);
    for (PutItem item : placed) {
      long usableAfter = item.place.reservation().usableAfter();
      (loop.journal().isOver(usableAfter) ? usable : later).add(item);
      event = Math.max(event, usableAfter);
    }
    copy(usable);
    if (!later.isEmpty()) {
      workOut();
      loop.journal().whenOver(event, () -> workBack(() -> copyLater(later)));
    }
  }

  private void copyLater(List<PutItem> later) {
    if (!isStopped()) {
      copy(later.stream().filter(item -> !item.isSettled()).toList());
    }
  }

  private void copy(List<PutItem> placed) {
    List<Transfer> transfers = new ArrayList<>(placed.size());
    for (PutItem item : placed) {
      item.place.requireSound();
      if (item.place.hasFailed()) {
        settle(item);
      } else if (item.isCopied()) {
        settle(item);
      } else {
        transfers.addAll(item.transfers());
      }
    }
    if (!transfers.isEmpty()) {
      enqueue(loop.plans().of(transfers, Order.AS_GIVEN));
    }
  }

  @Override
  void onResult(CopyResult result) {
    for (int chunk : result.faultedChunks()) {
      boolean arena = result.arenaFaults().contains(chunk);
      items
          .get(chunk)
          .place
          .fail(arena ? Cause.ARENA_FAULT : Cause.PAYLOAD_FAULT, "memory faulted in the copy");
    }
    for (SliceSum sum : result.sums()) {
      items.get(sum.chunk()).account(sum);
    }
  }

  @Override
  void onCopied(Region region) {
    accountFor(region);
  }

  private void accountFor(Region region) {
    for (Transfer part : region.parts()) {
      PutItem item = items.get(part.chunk());
      item.account(part);
      if (item.isCopied()) {
        settle(item);
      }
    }
  }

  /** A worker failed with something that is no memory fault: a payload was closed, or a bug. */
  @Override
  void onCopyFailure(Region region, Throwable cause) {
    if (isStopped() || retryByChunk(region)) {
      return;
    }
    // A closed arena says so with this exception; nothing else in a copy throws it.
    boolean closed = cause instanceof IllegalStateException;
    PutItem item = items.get(region.parts().getFirst().chunk());
    item.place.fail(closed ? Cause.PAYLOAD_FAULT : Cause.INTERNAL, cause.toString());
    accountFor(region);
  }

  /** No worker is at it any more: has it written down, or gives its place back. */
  private void settle(PutItem item) {
    if (item.place == null) {
      end(item, new PutOutcome.Withdrawn(item.chunk.key()));
    } else if (item.place.hasFailed()) {
      end(item, item.place.giveUp());
    } else {
      workOut();
      item.place.writeDown(item.sums(), () -> workBack(() -> writtenDown(item)));
    }
  }

  private void writtenDown(PutItem item) {
    if (!isStopped()) {
      end(item, item.place.hasFailed() ? item.place.giveUp() : item.place.commit());
    }
  }

  /** The item has come to its end. */
  private void end(PutItem item, PutOutcome outcome) {
    item.settle();
    unsettled--;
    loop.release(item.chunk);
    if (item.outcome != null && !outcome.isKept()) {
      loop.log(log -> log.warn("a put was accepted and then came to nothing: {}", outcome));
    }
    if (unsettled == 0) {
      finish();
    }
    tell(item, outcome);
  }

  /** Passes on what the subscriber is told, in the order of the list, each item once. */
  private void tell(PutItem item, PutOutcome outcome) {
    if (item.outcome != null) {
      return;
    }
    item.outcome = outcome;
    while (nextToTell < items.size() && items.get(nextToTell).outcome != null) {
      outbox.offer(items.get(nextToTell++).outcome);
      if (nextToTell == items.size()) {
        outbox.complete();
      }
    }
  }

  @Override
  void onCancel() {
    if (!acceptEarly) {
      stop(null);
      return;
    }
    abandoned = true;
    for (PutItem item : items) {
      if (item.place == null && !item.isSettled()) {
        settle(item);
      }
    }
  }

  @Override
  void giveBackAll() {
    for (PutItem item : items) {
      if (item.isSettled()) {
        continue;
      }
      item.settle();
      loop.release(item.chunk);
      if (item.place != null && item.place.isOpen()) {
        item.place.giveUp();
      }
      if (item.outcome != null) {
        loop.log(log -> log.warn("an accepted put was cut off by the close: {}", item.outcome));
      }
    }
  }

  @Override
  void refuse(StoreException cause) {
    for (PutItem item : items) {
      loop.release(item.chunk);
      outbox.offer(PutRefusal.outcomeOf(item.chunk.key(), cause));
    }
    outbox.complete();
  }

  @Override
  void abandon() {
    items.forEach(item -> loop.release(item.chunk));
  }
}
