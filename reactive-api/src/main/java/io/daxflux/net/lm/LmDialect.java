package io.daxflux.net.lm;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.net.serve.Answer;
import io.daxflux.net.serve.Body;
import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.Dialect;
import io.daxflux.net.serve.Patience;
import io.daxflux.net.serve.PutBody;
import io.daxflux.net.serve.PutRow;
import io.daxflux.net.serve.Refusals;
import io.daxflux.net.serve.Reply;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.StoreException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The conversation with one LMCache connector. On the connection's event loop. */
final class LmDialect implements Dialect {
  private final Connection connection;

  private final PutRow row;

  /** Whether a payload is arriving. */
  private boolean receiving;

  LmDialect(Connection connection) {
    this.connection = connection;
    this.row = new PutRow(connection);
  }

  @Override
  public void read(ByteBuf bytes) {
    if (bytes.readableBytes() < LmRequest.BYTES) {
      return;
    }
    LmRequest request = LmRequest.read(bytes, connection.options().mostKeyBytes());
    switch (request.command()) {
      case PUT -> put(request);
      case GET -> connection.answerAtLength(get(request.key()));
      case EXIST -> connection.answer(exists(request.key()));
      case LIST -> connection.answerAtLength(LmListing.of(connection));
      case HEALTH -> connection.answer(Mono.just(this::success));
    }
  }

  // --- PUT, which has no reply

  private void put(LmRequest request) {
    receiving = true;
    if (request.length() > connection.options().mostBodyBytes()) {
      connection.receive(request.length(), Body.DROPPED, () -> dropTooLong(request.length()));
      return;
    }
    PutBody body = row.next(head(request));
    connection.receive(
        request.length(),
        body,
        () -> {
          receiving = false;
          connection.change(body.commit().onErrorResume(this::dropped).flatMap(this::stored));
        });
  }

  private ChunkHead head(LmRequest request) {
    ChunkLayout layout = row.shared(request.metadata().layout(request.length()));
    return ChunkHead.of(request.key(), layout)
        .withAttributes(request.metadata().attributes(layout));
  }

  private Mono<Answer> stored(PutOutcome outcome) {
    if (!outcome.isKept()) {
      drop(Refusals.describe(outcome));
    }
    return Mono.empty();
  }

  private Mono<PutOutcome> dropped(Throwable failure) {
    if (failure instanceof StoreException && !(failure instanceof RequestFailedException)) {
      drop(failure.getClass().getSimpleName());
    } else {
      connection.tally().droppedPut();
      connection.noteFailure("PUT dropped", failure);
    }
    return Mono.empty();
  }

  private void dropTooLong(int length) {
    receiving = false;
    connection.tally().request();
    drop(
        "expected a payload of at most "
            + connection.options().mostBodyBytes()
            + " bytes, found "
            + length);
  }

  private void drop(@Nullable String why) {
    connection.tally().droppedPut();
    connection.warn("PUT dropped: " + why);
  }

  @Override
  public void closed() {
    if (receiving) {
      connection.tally().droppedPut();
    }
  }

  // --- What has one

  private Mono<Answer> get(ChunkKey key) {
    return Patience.with(connection.store().borrowAll(List.of(key)))
        .map(batch -> Answer.lent(batch::close, reply -> found(reply, batch)))
        .onErrorResume(StoreException.class, _ -> Mono.just(this::fail));
  }

  private void found(Reply reply, BorrowedBatch batch) {
    switch (batch.unguarded().getFirst()) {
      case BorrowedChunk chunk -> {
        LmMetadata metadata = LmMetadata.of(chunk.layout(), chunk.attributes());
        int length = Math.toIntExact(chunk.layout().bytes());
        reply.add(LmReplies.hit(connection.memory(), length, metadata)).add(chunk.segment());
      }
      case Hole _ -> reply.add(LmReplies.miss(connection.memory()));
    }
  }

  private Mono<Answer> exists(ChunkKey key) {
    return Patience.with(connection.store().contains(key))
        .map(there -> (Answer) () -> there ? success() : fail())
        .onErrorResume(StoreException.class, _ -> Mono.just(this::fail));
  }

  private Reply success() {
    return LmReplies.success(connection.memory());
  }

  private Reply fail() {
    return LmReplies.fail(connection.memory());
  }
}
