package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.session.PartWrite;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A put there whose bytes come part by part. A part is done when the server has copied it.
 *
 * <p>It ends once: whoever is the first to say how ({@link #tryEnd}) decides what becomes of its
 * place. Parts are asked for by any thread, one at a time; what is not public happens on the event
 * loop, but for what says otherwise.
 */
final class RemoteWriter implements ChunkWriter, ClientCall {
  private final RemoteParts parts;
  private final Wire wire;
  private final int id;
  private final ChunkHead head;
  private final AtomicLong askedBytes = new AtomicLong();

  /** What those are told who come too late; null while it is open. */
  private final AtomicReference<@Nullable Supplier<RuntimeException>> ending =
      new AtomicReference<>();

  /** Why the server takes no more, though the commit is its to answer. */
  private volatile @Nullable RuntimeException broken;

  private final SentParts sentParts;

  /** Set where parts that were asked for before the end are not sent either. */
  private @Nullable RuntimeException stopped;

  RemoteWriter(RemoteParts parts, Wire wire, int id, ChunkHead head) {
    this.parts = parts;
    this.wire = wire;
    this.id = id;
    this.head = head;
    this.sentParts = new SentParts(id);
  }

  @Override
  public ChunkHead head() {
    return head;
  }

  ChunkKey key() {
    return head.key();
  }

  Wire wire() {
    return wire;
  }

  /** The number of its put there. */
  int id() {
    return id;
  }

  boolean isOf(RemoteParts store) {
    return parts.equals(store);
  }

  // --- Parts, any thread

  @Override
  public Mono<Void> write(MemorySegment part, Runnable onRelease) {
    return PartWrite.of(part, onRelease, _ -> parts.delivery(), this::add);
  }

  private void add(PartWrite write) {
    RuntimeException end = whyRefused();
    long bytes = write.part().byteSize();
    long left = head.layout().bytes() - askedBytes.get();
    if (end != null) {
      write.refused(end);
    } else if (bytes > left) {
      write.refused(
          new IllegalArgumentException(
              "part of " + key() + ": expected at most " + left + " bytes, found " + bytes));
    } else {
      askedBytes.addAndGet(bytes);
      if (!parts.link().execute(() -> enqueue(write))) {
        write.refused(Link.closedException());
      }
    }
  }

  private @Nullable RuntimeException whyRefused() {
    Supplier<RuntimeException> end = ending.get();
    return end == null ? broken : end.get();
  }

  private void enqueue(PartWrite write) {
    RuntimeException end = whyStopped();
    if (end != null) {
      write.refused(end);
    } else if (write.part().byteSize() == 0) {
      write.taken();
    } else {
      sentParts.add(write);
      wire.turns().add(sentParts);
    }
  }

  private @Nullable RuntimeException whyStopped() {
    return stopped == null ? broken : stopped;
  }

  // --- What the server says

  @Override
  public void taken(int bytes) {
    sentParts.taken(bytes);
  }

  @Override
  public void connected(Wire given, int number) {
    throw new IllegalStateException("expected a request that is sent once");
  }

  @Override
  public void answered(FrameType type, ByteBuf body) {
    if (type != FrameType.BROKEN) {
      throw Request.unexpected(type, body);
    }
    RuntimeException why = Failures.read(body, "the server");
    broken = why;
    sentParts.refuseAll(why);
  }

  @Override
  public void lost(RuntimeException why) {
    tryEnd(() -> why);
    stop(why);
  }

  private void stop(RuntimeException why) {
    stopped = why;
    wire.turns().remove(sentParts);
    sentParts.refuseAll(why);
  }

  // --- Its end, any thread

  @Override
  public void revise(PutMode mode, long expiresAtMs) {
    ChunkHead.requireExpiry(expiresAtMs);
    Objects.requireNonNull(mode, "mode");
    if (ending.get() == null) {
      parts.link().execute(() -> sendRevision(mode, expiresAtMs));
    }
  }

  private void sendRevision(PutMode mode, long expiresAtMs) {
    if (stopped == null) {
      wire.send(
          FrameType.REVISE,
          id,
          to -> {
            Codes.PUT_MODES.write(to, mode);
            to.writeLong(expiresAtMs);
          });
    }
  }

  @Override
  public Mono<PutOutcome> commit() {
    return Request.mono(subscriber -> new CommitRequest(parts, subscriber, this));
  }

  @Override
  public Mono<PutExchange> exchange() {
    return Request.mono(subscriber -> new ExchangeRequest(parts, subscriber, this));
  }

  @Override
  public void close() {
    if (tryEnd(
        () -> new IllegalStateException("expected an open writer of " + key() + ": closed"))) {
      parts.link().execute(this::abandon);
    }
  }

  /** Whether this is the first to end it. */
  boolean tryCommit() {
    return tryEnd(
        () -> new IllegalStateException("expected an open writer of " + key() + ": committed"));
  }

  private boolean tryEnd(Supplier<RuntimeException> why) {
    return ending.compareAndSet(null, why);
  }

  /** What those are told who come after its end. */
  RuntimeException whyEnded() {
    return ending.get().get();
  }

  // --- Its end, on the event loop

  /** Gives its place back. */
  void abandon() {
    wire.cancel(id);
    stop(new IllegalStateException("expected an open writer of " + key() + ": closed"));
  }

  /** Why it cannot be committed; null where it can. */
  @Nullable RuntimeException whyNotCommitted() {
    if (stopped != null) {
      return stopped;
    }
    long asked = askedBytes.get();
    return broken != null || asked == head.layout().bytes()
        ? null
        : new IllegalStateException(
            "commit of "
                + key()
                + ": expected "
                + head.layout().bytes()
                + " bytes, found "
                + asked);
  }

  /** Whether all of the parts could be read. */
  boolean isIntact() {
    return sentParts.isIntact();
  }

  /** Runs this when nothing is left to be sent: its answers are another's from then on. */
  void onceSent(ClientCall successor, Runnable then) {
    sentParts.onceSent(
        () -> {
          if (stopped == null) {
            wire.handOver(id, successor);
            then.run();
          } else {
            successor.lost(stopped);
          }
        });
  }

  /** Runs this when the server has copied all parts. */
  void onceTaken(Runnable then) {
    sentParts.onceTaken(then);
  }

  @Override
  public String toString() {
    return "writer of " + key();
  }
}
