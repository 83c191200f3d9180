package io.daxflux.net.wire;

import io.daxflux.net.serve.MalformedException;
import io.daxflux.net.serve.Reply;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.StreamIdleException;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Chunks on their way to a client: announced, then granted, that is, wanted and with room for them
 * there, then sent from where they lie. A chunk that is announced is held until it is sent or
 * skipped; if the client grants nothing for {@code dax.lease_max_age}, all of it is given back.
 *
 * <p>On the connection's event loop.
 */
final class Lending {
  private final Peer peer;
  private final int call;
  private final Runnable whenLess;
  private final Runnable whenIdle;
  private final Queue<Lent> announced = new ArrayDeque<>();
  private final Queue<Lent> granted = new ArrayDeque<>();
  private @Nullable Disposable watch;
  private long grants;
  private boolean dropped;

  /** A chunk that is lent, and how far it was sent. */
  private static final class Lent {
    final MemorySegment bytes;
    final Loan loan;
    long sentBytes;

    Lent(MemorySegment bytes, Loan loan) {
      this.bytes = bytes;
      this.loan = loan;
    }

    long leftBytes() {
      return bytes.byteSize() - sentBytes;
    }
  }

  /**
   * @param whenLess runs after a chunk was sent or skipped
   * @param whenIdle runs where the client grants nothing
   */
  Lending(Peer peer, int call, Runnable whenLess, Runnable whenIdle) {
    this.peer = peer;
    this.call = call;
    this.whenLess = whenLess;
    this.whenIdle = whenIdle;
  }

  /**
   * Tells the client what there is for it.
   *
   * @param loan what the chunks are part of; held as long as one of them is
   * @param last whether no more will be announced
   */
  void announce(List<? extends BorrowOutcome> positions, Loan loan, boolean last) {
    // Before anything is sent: to send may tell, on this stack, that what was sent before has gone,
    // and whoever then finds nothing here ends the call.
    for (BorrowOutcome position : positions) {
      if (position instanceof BorrowedChunk chunk) {
        loan.use();
        announced.add(new Lent(chunk.segment(), loan));
      }
    }
    int from = 0;
    do {
      int to = Math.min(positions.size(), from + Heads.MOST_IN_A_FRAME);
      List<? extends BorrowOutcome> some = positions.subList(from, to);
      boolean isLast = last && to == positions.size();
      peer.send(
          FrameType.HEADS, call, body -> Heads.writeBorrowed(body.writeBoolean(isLast), some));
      from = to;
    } while (from < positions.size());
    watch();
  }

  /** u16 count of runs; of each whether they are wanted, and u32 how many. */
  void grant(ByteBuf body) {
    int runs = body.readUnsignedShort();
    for (int run = 0; run < runs; run++) {
      boolean wanted = body.readBoolean();
      long count = body.readUnsignedInt();
      if (count > announced.size()) {
        throw new MalformedException(
            "grant: expected at most " + announced.size() + " chunks, found " + count);
      }
      for (long i = 0; i < count; i++) {
        decide(announced.remove(), wanted);
      }
    }
    grants++;
    if (hasPiece()) {
      peer.turns().add(this);
    } else {
      whenLess.run();
    }
  }

  private void decide(Lent chunk, boolean wanted) {
    if (wanted && chunk.leftBytes() > 0) {
      granted.add(chunk);
    } else {
      chunk.loan.leave();
    }
  }

  /** Whether nothing is left to be granted or sent. */
  boolean isEmpty() {
    return announced.isEmpty() && granted.isEmpty();
  }

  // --- For the turns

  boolean hasPiece() {
    return !granted.isEmpty();
  }

  /**
   * The next frame, for whoever sends it.
   *
   * @param whenGone runs when its bytes are not needed any more
   */
  Piece nextPiece(Runnable whenGone) {
    Lent chunk = granted.element();
    int length = (int) Math.min(Frame.PIECE_BYTES, chunk.leftBytes());
    MemorySegment bytes = chunk.bytes.asSlice(chunk.sentBytes, length);
    chunk.sentBytes += length;
    boolean whole = chunk.leftBytes() == 0;
    if (whole) {
      granted.remove();
    } else {
      chunk.loan.use();
    }
    Reply reply =
        Reply.lent(
                () -> {
                  chunk.loan.leave();
                  whenGone.run();
                  if (whole && !dropped) {
                    whenLess.run();
                  }
                })
            .add(peer.headOfData(call, length))
            .add(bytes);
    return new Piece(reply, length);
  }

  /** A frame of payload. */
  record Piece(Reply reply, int bytes) {}

  // --- Clients that have no room

  private void watch() {
    if (watch == null) {
      watchAgain();
    }
  }

  private void watchAgain() {
    long seen = grants;
    Duration limit = peer.protocol().limits().leaseMaxAge();
    watch =
        Schedulers.parallel()
            .schedule(() -> peer.execute(() -> look(seen)), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void look(long seen) {
    if (dropped) {
      return;
    }
    if (grants == seen && !announced.isEmpty() && granted.isEmpty()) {
      whenIdle.run();
    } else {
      watchAgain();
    }
  }

  /** Why it ends where the client has no room. */
  StreamIdleException idle() {
    return StreamIdleException.noDemand(peer.protocol().limits().leaseMaxAge());
  }

  /** Gives back what was not sent. Once. */
  void drop() {
    dropped = true;
    if (watch != null) {
      watch.dispose();
    }
    peer.turns().remove(this);
    announced.forEach(chunk -> chunk.loan.leave());
    granted.forEach(chunk -> chunk.loan.leave());
    announced.clear();
    granted.clear();
  }
}
