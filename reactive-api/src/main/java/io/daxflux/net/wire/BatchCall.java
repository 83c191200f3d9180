package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Chunks that are borrowed all at once, and sent as far as the client wants them. */
final class BatchCall extends ServerCall {
  private final Mono<Borrowed> work;
  private final Lending lending;
  private @Nullable Arrival<Borrowed> arrival;
  private boolean announced;

  /** What was borrowed, in whatever form. */
  private record Borrowed(List<? extends BorrowOutcome> positions, Runnable giveBack) {}

  private BatchCall(Peer peer, int id, Mono<Borrowed> work) {
    super(peer, id);
    this.work = work;
    this.lending = new Lending(peer, id, this::endIfOver, this::endIdle);
  }

  /** The consecutive hits. */
  static BatchCall ofPrefix(Peer peer, int id, List<ChunkKey> keys) {
    return new BatchCall(peer, id, peer.store().borrowPrefix(keys).map(BatchCall::borrowed));
  }

  /** All hits, at their positions. */
  static BatchCall ofAll(Peer peer, int id, List<ChunkKey> keys) {
    return new BatchCall(peer, id, peer.store().borrowAll(keys).map(BatchCall::borrowed));
  }

  private static Borrowed borrowed(BorrowedPrefix prefix) {
    return new Borrowed(prefix.chunks(), prefix::close);
  }

  private static Borrowed borrowed(BorrowedBatch batch) {
    return new Borrowed(batch.outcomes(), batch::close);
  }

  @Override
  void begin() {
    Consumer<Borrowed> discard = borrowed -> borrowed.giveBack().run();
    arrival = Arrival.of(work, peer, this::announce, this::failed, discard);
  }

  private void announce(Borrowed borrowed) {
    Loan loan = new Loan(borrowed.giveBack());
    lending.announce(borrowed.positions(), loan, true);
    loan.leave();
    announced = true;
    endIfOver();
  }

  @Override
  void grant(ByteBuf body) {
    lending.grant(body);
  }

  private void endIfOver() {
    if (announced && lending.isEmpty()) {
      lending.drop();
      done(_ -> {});
    }
  }

  private void endIdle() {
    lending.drop();
    failed(lending.idle());
  }

  @Override
  void abandon() {
    lending.drop();
    if (arrival != null) {
      arrival.drop();
    }
  }
}
