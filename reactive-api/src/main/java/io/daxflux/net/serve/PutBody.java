package io.daxflux.net.serve;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutStart;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * A payload that is copied into the arena as it arrives. Parts that come before there is a place
 * wait for it; where there is none they are dropped, so that a chunk which cannot be stored costs
 * no memory.
 *
 * <p>Its owner ends it, once: by {@link #commit}, or by {@link #abandon}. On the event loop, but
 * for the release of parts.
 */
public final class PutBody implements Body {
  private final Context delivery;
  private final Credit credit;
  private final Watch watch;
  private final PlaceRequest place;
  private final Queue<ByteBuf> early = new ArrayDeque<>();
  private final Sinks.One<PutStart> start = Sinks.one();
  private @Nullable ChunkWriter writer;
  private boolean known;
  private boolean abandoned;

  /** For protocols that tell their clients how far a payload is. Any thread. */
  public interface Watch {
    /** For those that do not. */
    Watch NOBODY =
        new Watch() {
          @Override
          public void read(int bytes) {}

          @Override
          public void refused(Throwable why) {}
        };

    /** So many bytes are copied, or dropped. */
    void read(int bytes);

    /** The store has ended the put; its commit tells why, too. */
    void refused(Throwable why);
  }

  private PutBody(Puts puts, ChunkHead head, PutMode mode, Watch watch) {
    this.delivery = puts.delivery();
    this.credit = puts.credit();
    this.watch = watch;
    this.place = new PlaceRequest(puts, head, mode, this::begin, this::fail);
  }

  /** Asks the store for a place. */
  static PutBody begin(Puts puts, ChunkHead head, PutMode mode, Watch watch) {
    PutBody body = new PutBody(puts, head, mode, watch);
    body.place.ask();
    return body;
  }

  @Override
  public void take(ByteBuf part) {
    if (writer != null) {
      write(writer, part);
    } else if (known || abandoned) {
      drop(part);
    } else {
      credit.take(part.readableBytes());
      early.add(part);
    }
  }

  private void write(ChunkWriter open, ByteBuf part) {
    if (isWrittenAtOnce(open, part)) {
      drop(part);
    } else {
      credit.take(part.readableBytes());
      writeTaken(open, part);
    }
  }

  /** Small parts that are still in the cache are not worth the way to another thread. */
  private static boolean isWrittenAtOnce(ChunkWriter open, ByteBuf part) {
    return part.nioBufferCount() == 1 && open.tryWrite(MemorySegment.ofBuffer(part.nioBuffer()));
  }

  private void writeTaken(ChunkWriter open, ByteBuf part) {
    int bytes = part.readableBytes();
    ByteBuffer[] pieces = part.nioBuffers();
    AtomicInteger unread = new AtomicInteger(pieces.length);
    Runnable onRelease =
        () -> {
          if (unread.decrementAndGet() == 0) {
            part.release();
            credit.giveBack(bytes);
            watch.read(bytes);
          }
        };
    for (ByteBuffer piece : pieces) {
      // A writer that has ended refuses the part, and tells its commit why.
      open.write(MemorySegment.ofBuffer(piece), onRelease)
          .subscribe(null, watch::refused, null, delivery);
    }
  }

  private void drop(ByteBuf part) {
    int bytes = part.readableBytes();
    part.release();
    watch.read(bytes);
  }

  /**
   * Whether there is a place, for protocols that commit several at once. Emits on the event loop,
   * when all parts that were taken before are on their way to it.
   */
  public Mono<PutStart> start() {
    return start.asMono();
  }

  /** Makes the chunk visible. For use when all bytes were taken; not after {@link #abandon}. */
  public Mono<PutOutcome> commit() {
    return start()
        .flatMap(
            begun ->
                switch (begun) {
                  case NotStarted(PutOutcome outcome) -> Mono.just(outcome);
                  case ChunkWriter open -> open.commit();
                });
  }

  @Override
  public void abandon() {
    abandoned = true;
    place.abandon();
    dropEarly();
    if (writer != null) {
      writer.close();
    }
  }

  private void dropEarly() {
    for (ByteBuf part = early.poll(); part != null; part = early.poll()) {
      credit.giveBack(part.readableBytes());
      drop(part);
    }
  }

  private void begin(PutStart begun) {
    known = true;
    switch (begun) {
      case ChunkWriter open when abandoned -> open.close();
      case ChunkWriter open -> {
        writer = open;
        writeEarly(open);
      }
      case NotStarted _ -> dropEarly();
    }
    start.tryEmitValue(begun);
  }

  private void writeEarly(ChunkWriter open) {
    for (ByteBuf part = early.poll(); part != null; part = early.poll()) {
      if (isWrittenAtOnce(open, part)) {
        credit.giveBack(part.readableBytes());
        drop(part);
      } else {
        writeTaken(open, part);
      }
    }
  }

  private void fail(Throwable failure) {
    known = true;
    dropEarly();
    start.tryEmitError(failure);
  }
}
