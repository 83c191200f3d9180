package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.Patience;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The consecutive hits, borrowed some at a time and ahead of what the client has room for, as far
 * as one stream may: what is borrowed is not evicted meanwhile. Small chunks are borrowed and given
 * back in groups, for a borrow costs the same whatever its length.
 */
final class StreamCall extends ServerCall {
  private static final long GROUP_BYTES = 1 << 20;

  private final List<ChunkKey> keys;
  private final Lending lending = newLending();
  private @Nullable Arrival<?> arrival;

  /** Of the chunks that were found at the beginning. */
  private List<Long> lengths = List.of();

  private int next;
  private long lentBytes;
  private @Nullable PrefixEnd end;

  StreamCall(Peer peer, int id, List<ChunkKey> keys) {
    super(peer, id);
    this.keys = keys;
  }

  private Lending newLending() {
    return new Lending(peer, id, this::advance, this::endIdle);
  }

  @Override
  void begin() {
    if (keys.isEmpty()) {
      endWith(Reason.WHOLE, null);
      return;
    }
    arrival =
        Arrival.of(
            peer.store().prefixLength(keys).flatMap(this::look),
            peer,
            positions -> {
              arrival = null;
              plan(positions);
            },
            this::failed,
            _ -> {});
  }

  /** The prefix and, where there is one, the position that ends it. */
  private Mono<List<DescribeOutcome>> look(int length) {
    return length == 0
        ? Mono.just(List.of())
        : peer.store().describe(keys.subList(0, Math.min(keys.size(), length + 1)));
  }

  private void plan(List<DescribeOutcome> positions) {
    List<Long> found = new ArrayList<>(positions.size());
    for (DescribeOutcome position : positions) {
      if (!(position instanceof Described chunk)) {
        break;
      }
      found.add(chunk.head().layout().bytes());
    }
    lengths = found;
    if (found.isEmpty()) {
      borrow(1, this::tellWhyNothing);
    } else {
      advance();
    }
  }

  /** There is no prefix, or one that is too short to be served. */
  private void tellWhyNothing(BorrowedBatch batch) {
    BorrowOutcome first = batch.outcomes().getFirst();
    batch.close();
    switch (first) {
      case Hole hole -> endWith(Reason.MISS, hole.reason());
      case BorrowedChunk _ -> endWith(Reason.TOO_SHORT, null);
    }
  }

  private void advance() {
    if (end != null) {
      endIfOver();
    } else if (arrival == null && mayLendMore()) {
      borrow(groupSize(), this::announce);
    }
  }

  private boolean mayLendMore() {
    return lentBytes == 0 || lentBytes + lengthOf(next) <= peer.protocol().streamLentBytes();
  }

  private int groupSize() {
    long most = Math.min(GROUP_BYTES, peer.protocol().streamLentBytes() - lentBytes);
    long bytes = lengthOf(next);
    int size = 1;
    while (next + size < keys.size()
        && size < Heads.MOST_IN_A_FRAME
        && next + size < lengths.size()
        && bytes + lengthOf(next + size) <= most) {
      bytes += lengthOf(next + size);
      size++;
    }
    return size;
  }

  /** Behind what was found at the beginning one chunk is asked for, which says how it ends. */
  private long lengthOf(int position) {
    return position < lengths.size() ? lengths.get(position) : 0;
  }

  private void borrow(int count, Consumer<BorrowedBatch> receiver) {
    Mono<BorrowedBatch> group = peer.store().borrowAll(keys.subList(next, next + count));
    arrival =
        Arrival.of(
            next == 0 ? group : Patience.with(group),
            peer,
            batch -> {
              arrival = null;
              receiver.accept(batch);
            },
            this::fail,
            BorrowedBatch::close);
  }

  private void announce(BorrowedBatch batch) {
    List<BorrowedChunk> hits = new ArrayList<>();
    long bytes = 0;
    for (BorrowOutcome position : batch.outcomes()) {
      if (position instanceof Hole hole) {
        end = new PrefixEnd(0, Reason.MISS, hole.reason());
        break;
      }
      BorrowedChunk chunk = (BorrowedChunk) position;
      hits.add(chunk);
      bytes += chunk.segment().byteSize();
    }
    next += hits.size();
    if (next == keys.size()) {
      end = new PrefixEnd(0, Reason.WHOLE, null);
    }
    lentBytes += bytes;
    long lent = bytes;
    Loan loan =
        new Loan(
            () -> {
              lentBytes -= lent;
              batch.close();
            });
    if (!hits.isEmpty()) {
      lending.announce(hits, loan, end != null);
    }
    loan.leave();
    advance();
  }

  @Override
  void grant(ByteBuf body) {
    lending.grant(body);
  }

  private void endWith(Reason reason, @Nullable MissReason miss) {
    end = new PrefixEnd(0, reason, miss);
    endIfOver();
  }

  private void endIfOver() {
    PrefixEnd known = end;
    if (known != null && lending.isEmpty()) {
      lending.drop();
      done(to -> Outcomes.writeEnd(to, known));
    }
  }

  private void endIdle() {
    fail(lending.idle());
  }

  private void fail(Throwable failure) {
    abandon();
    failed(failure);
  }

  @Override
  void abandon() {
    lending.drop();
    if (arrival != null) {
      arrival.drop();
    }
  }
}
