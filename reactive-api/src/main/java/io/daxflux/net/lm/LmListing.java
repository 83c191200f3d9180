package io.daxflux.net.lm;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.Answer;
import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.Patience;
import io.daxflux.net.serve.Reply;
import io.daxflux.reactive.outcome.ScanPage;
import io.daxflux.reactive.outcome.StoreException;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * The names of all chunks, joined by line feeds. Their length stands before them, so they are
 * collected: at most as many as a connection may buffer, and none where there are more.
 */
final class LmListing {
  private static final int PAGE_KEYS = 1_000;

  private final Set<ChunkKey> keys = new LinkedHashSet<>();
  private final int mostBytes;
  private long bytes;

  private LmListing(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  static Mono<Answer> of(Connection connection) {
    return Mono.defer(
        () -> {
          LmListing listing = new LmListing(connection.options().mostBufferedBytes());
          return page(connection, 0)
              .expand(
                  page -> listing.wantsNext(page) ? page(connection, page.next()) : Mono.empty())
              .then(Mono.just(Answer.lent(() -> {}, reply -> listing.answer(reply, connection))))
              .onErrorResume(
                  StoreException.class, _ -> Mono.just(() -> LmReplies.fail(connection.memory())));
        });
  }

  private static Mono<ScanPage> page(Connection connection, long cursor) {
    return Patience.with(connection.store().scan(cursor, PAGE_KEYS));
  }

  /** Adds a page; whether the next one is to be added, too. */
  private boolean wantsNext(ScanPage page) {
    for (ChunkKey key : page.keys()) {
      if (keys.add(key)) {
        bytes += key.length() + 1L;
      }
    }
    return !page.isLast() && bytes <= mostBytes;
  }

  private void answer(Reply reply, Connection connection) {
    if (bytes > mostBytes) {
      connection.warn(
          "LIST: expected names of at most "
              + mostBytes
              + " bytes, found more: answered as failed");
      reply.add(LmReplies.miss(connection.memory()));
      return;
    }
    int length = Math.max(0, (int) bytes - 1);
    reply.add(LmReplies.hit(connection.memory(), length, LmMetadata.NOTHING));
    ByteBuf joined = connection.memory().directBuffer(length);
    for (ChunkKey key : keys) {
      if (joined.isReadable()) {
        joined.writeByte('\n');
      }
      joined.writeBytes(key.toBytes());
    }
    reply.add(joined);
  }
}
