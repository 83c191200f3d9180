package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StreamIdleException;
import io.daxflux.reactive.ring.Returnable;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A put whose bytes come part by part. Parts go to its line and do not pass the store's thread; its
 * end does, behind them.
 *
 * <p>It ends once: whoever is the first to say how ({@link #ending}) decides what becomes of its
 * place, which is given back or committed on the store's thread when the last part is out.
 */
final class LocalWriter extends Returnable implements ChunkWriter {
  private final StoreLoop loop;
  private final ChunkHead head;
  private final PutPlace place;
  private final PartLine line;
  private final Alarm idle;
  private final AtomicLong askedBytes = new AtomicLong();

  /** What those are told who come too late; null while it is open. */
  private final AtomicReference<@Nullable Supplier<RuntimeException>> ending =
      new AtomicReference<>();

  /**
   * What the commit is told; plain, for the end of the line hands them on to the store's thread.
   */
  private PutMode mode;

  private long expiresAtMs;

  private int seenActivity;

  /** Takes the place over. On the store's thread, as are all that are not public. */
  LocalWriter(StoreLoop loop, ChunkHead head, PutMode mode, PutPlace place) {
    this.loop = loop;
    this.head = head;
    this.mode = mode;
    this.expiresAtMs = head.expiresAtMs();
    this.place = place;
    this.line = new PartLine(loop, place.reservation(), () -> ending.get().get());
    this.idle = loop.alarms().alarm(this::lookWhetherIdle);
    idle.set(loop.config().leaseMaxAge());
  }

  @Override
  public ChunkHead head() {
    return head;
  }

  boolean isOf(StoreLoop store) {
    return loop.equals(store);
  }

  PutMode mode() {
    return mode;
  }

  PutPlace place() {
    return place;
  }

  long expiresAtMs() {
    return expiresAtMs;
  }

  PartLine line() {
    return line;
  }

  // --- Parts, any thread

  @Override
  public Mono<Void> write(MemorySegment part, Runnable onRelease) {
    return PartWrite.of(part, onRelease, loop::deliveryTo, this::add);
  }

  @Override
  public boolean tryWrite(MemorySegment part) {
    long bytes = part.byteSize();
    long before = askedBytes.get();
    boolean written =
        ending.get() == null
            && bytes <= place.reservation().bytes() - before
            && line.tryCopyAtOnce(part);
    if (written) {
      askedBytes.set(before + bytes);
    }
    return written;
  }

  private void add(PartWrite write) {
    Supplier<RuntimeException> end = ending.get();
    long bytes = write.part().byteSize();
    long before = askedBytes.get();
    if (end != null) {
      write.refused(end.get());
    } else if (bytes > place.reservation().bytes() - before) {
      write.refused(
          new IllegalArgumentException(
              "part of "
                  + place.key()
                  + ": expected at most "
                  + (place.reservation().bytes() - before)
                  + " bytes, found "
                  + bytes));
    } else {
      askedBytes.set(before + bytes);
      line.add(write);
    }
  }

  // --- Its end, any thread

  @Override
  public void revise(PutMode wanted, long expiry) {
    ChunkHead.requireExpiry(expiry);
    mode = Objects.requireNonNull(wanted, "mode");
    expiresAtMs = expiry;
  }

  @Override
  public Mono<PutOutcome> commit() {
    return Requests.mono(
        subscriber -> new OutcomeSession<>(loop, subscriber, List.of(this), List::getFirst));
  }

  @Override
  public Mono<PutExchange> exchange() {
    return Requests.mono(subscriber -> new ExchangeSession(loop, subscriber, this));
  }

  @Override
  public void close() {
    end(() -> new IllegalStateException("expected an open writer of " + place.key() + ": closed"));
  }

  /** Ends it where it is open: its place goes back behind the part that is being copied. */
  void end(Supplier<RuntimeException> why) {
    if (tryEnd(why)) {
      abandon();
    }
  }

  /** Whether this is the first to end it, and so answers for its place. */
  boolean tryCommit() {
    return tryEnd(
        () ->
            new IllegalStateException("expected an open writer of " + place.key() + ": committed"));
  }

  private boolean tryEnd(Supplier<RuntimeException> why) {
    return ending.compareAndSet(null, why);
  }

  /** What those are told who come after its end. */
  RuntimeException whyEnded() {
    return ending.get().get();
  }

  /** Gives its place back; for whoever has ended it. */
  void abandon() {
    line.stop();
    line.end(() -> loop.mailbox().giveBack(this));
  }

  // --- The store's thread

  /** All parts are out, and nobody waits for the place. */
  @Override
  protected void onReturn() {
    giveUp();
    loop.checkQuiet();
  }

  /** How many bytes were not written. */
  long missingBytes() {
    return place.reservation().bytes() - line.copiedBytes();
  }

  /** Says that bytes are missing. */
  IllegalStateException incomplete() {
    return new IllegalStateException(
        "commit of "
            + place.key()
            + ": expected "
            + place.reservation().bytes()
            + " bytes, found "
            + line.copiedBytes());
  }

  PutOutcome giveUp() {
    left();
    line.report(place);
    return place.giveUp();
  }

  PutOutcome makeVisible() {
    left();
    return place.commit();
  }

  private void left() {
    idle.clear();
    loop.writers().remove(this);
  }

  /** The store is closing: it ends, unless it was told to commit. */
  void endAtClose() {
    end(() -> new ClosedException("it closed before this chunk was committed"));
  }

  private void lookWhetherIdle() {
    Duration limit = loop.config().leaseMaxAge();
    int activity = line.activity();
    if (activity == seenActivity && !line.isBusy()) {
      end(() -> StreamIdleException.noPart(limit));
    } else {
      seenActivity = activity;
      idle.set(limit);
    }
  }

  @Override
  public String toString() {
    return "writer of " + place.key();
  }
}
