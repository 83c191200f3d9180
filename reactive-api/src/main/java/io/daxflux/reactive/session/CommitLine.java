package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.media.GroupCommit;
import io.daxflux.media.Media;
import io.daxflux.media.MediaOperation;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.reactive.ring.Mailbox;
import io.daxflux.reactive.ring.Returnable;
import io.daxflux.store.ExpiryChange;
import io.daxflux.store.Journal;
import io.daxflux.store.PendingRecord;
import io.daxflux.store.Place;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The changes of the device's records, in the order in which the store's thread decided on them.
 * They are events with growing numbers, and end in their order.
 *
 * <p>One group at a time is on its way through the commit thread; what is decided meanwhile makes
 * the next one. So the slower the device, the more share a wait for it.
 *
 * <p>Confined to the store's thread, but for a group that is on its way.
 */
final class CommitLine implements Journal {
  private record Change(MediaOperation operation, Consumer<@Nullable Throwable> onDone) {}

  private record Waiter(long event, Runnable action) {}

  private final @Nullable GroupCommit commits;
  private final Scheduler committer;
  private final Mailbox mailbox;
  private final Runnable onIdle;
  private final Deque<Change> changes = new ArrayDeque<>();
  private final Queue<Waiter> waiters =
      new PriorityQueue<>(Comparator.comparingLong(Waiter::event));

  private final StaleRecords stale = new StaleRecords();

  private boolean underWay;
  private long decided;
  private long done;

  /**
   * @param commits carries them out; null where no records are kept, and so nothing is ever asked
   * @param committer where groups are carried out, one at a time; may block
   * @param onIdle runs when nothing is left to be done
   */
  CommitLine(@Nullable GroupCommit commits, Scheduler committer, Mailbox mailbox, Runnable onIdle) {
    this.commits = commits;
    this.committer = committer;
    this.mailbox = mailbox;
    this.onIdle = onIdle;
  }

  /**
   * The line to a loop's device.
   *
   * @param onIdle runs when nothing is left to be done
   */
  static CommitLine of(StoreParts parts, Mailbox mailbox, Runnable onIdle) {
    Media media = parts.media();
    GroupCommit commits =
        media == null
            ? null
            : new GroupCommit(
                parts.device(),
                media.geometry(),
                media.writer(),
                parts.config().durability() == DurabilityPolicy.POWER);
    return new CommitLine(commits, parts.committer(), mailbox, onIdle);
  }

  /**
   * Has a chunk written down.
   *
   * @param onDone is told why that failed, or null once it is done
   */
  void write(PendingRecord pending, Consumer<@Nullable Throwable> onDone) {
    add(
        new MediaOperation.Write(pending.unit(), pending.record(), pending.payloadOffset()),
        onDone);
  }

  /**
   * Has a record say when its chunk expires.
   *
   * @param onDone is told why that failed, or null once it is done
   */
  void expire(ExpiryChange change, Consumer<@Nullable Throwable> onDone) {
    add(new MediaOperation.Expire(change.key(), change.recordUnit(), change.expiresAtMs()), onDone);
  }

  @Override
  public long invalidate(ChunkKey key, long recordUnit, Place record, Place payload) {
    return add(
        new MediaOperation.Invalidate(key, recordUnit),
        failure -> {
          if (failure != null) {
            stale.add(key, record, payload, failure);
          }
        });
  }

  private long add(MediaOperation operation, Consumer<@Nullable Throwable> onDone) {
    changes.add(new Change(operation, onDone));
    long event = ++decided;
    dispatch();
    return event;
  }

  /** The newest event there is. */
  long newest() {
    return decided;
  }

  /** Whether an event, and every one before it, is over. */
  boolean isOver(long event) {
    return event <= done;
  }

  /** Runs an action once an event is over, or at once. */
  void whenOver(long event, Runnable action) {
    if (isOver(event)) {
      action.run();
    } else {
      waiters.add(new Waiter(event, action));
    }
  }

  /** Whether no record that is valid, and should not be, lies in this place or stands for it. */
  boolean isSound(@Nullable Place place) {
    return place == null || !stale.touch(place);
  }

  /** Says of a key a record of which may still be valid though it should not be; null for none. */
  @Nullable RecordFaultException faultOfRemoval(List<ChunkKey> keys) {
    for (ChunkKey key : keys) {
      Throwable cause = stale.causeOf(key);
      if (cause != null) {
        return RecordFaultException.ofRemoval(key, cause);
      }
    }
    return null;
  }

  boolean isIdle() {
    return !underWay && changes.isEmpty();
  }

  private void dispatch() {
    if (underWay || changes.isEmpty()) {
      return;
    }
    underWay = true;
    Group group = new Group(List.copyOf(changes));
    changes.clear();
    try {
      committer.schedule(group);
    } catch (RuntimeException | Error refused) {
      group.refuse(refused);
    }
  }

  private void settle(List<Change> group, @Nullable Throwable[] failures) {
    underWay = false;
    for (int i = 0; i < failures.length; i++) {
      done++;
      group.get(i).onDone.accept(failures[i]);
    }
    while (!waiters.isEmpty() && isOver(waiters.peek().event)) {
      waiters.remove().action.run();
    }
    dispatch();
    if (isIdle()) {
      onIdle.run();
    }
  }

  /** Changes on their way through the commit thread and back. */
  private final class Group extends Returnable implements Runnable {
    private final List<Change> group;
    private @Nullable Throwable @Nullable [] failures;

    Group(List<Change> group) {
      this.group = group;
    }

    @Override
    public void run() {
      try {
        failures = commits.run(group.stream().map(Change::operation).toList());
      } catch (RuntimeException | Error failure) {
        failAll(failure);
      } finally {
        mailbox.giveBack(this);
      }
    }

    void refuse(Throwable cause) {
      failAll(cause);
      mailbox.giveBack(this);
    }

    private void failAll(Throwable cause) {
      failures = new Throwable[group.size()];
      Arrays.fill(failures, cause);
    }

    @Override
    protected void onReturn() {
      settle(group, failures);
    }
  }
}
