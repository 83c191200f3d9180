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
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * The names of all chunks, joined by line feeds. Their length stands before them, so they are
 * collected: at most as many as may be kept for a connection, and none where there are more.
 */
final class LmListing {
  private static final int PAGE_KEYS = 1_000;

  /** What a key costs beside its bytes, which the store has anyway. */
  private static final int KEY_BYTES = 64;

  private static final long OVER = -1;

  private final Set<ChunkKey> keys = new LinkedHashSet<>();
  private final Connection connection;

  /**
   * What the connection was told is kept; {@link #OVER} behind the end, which any thread may bring.
   */
  private final AtomicLong keptBytes = new AtomicLong();

  private long bytes;

  /** How long they may be; said with every page. */
  private long mostBytes;

  private LmListing(Connection connection) {
    this.connection = connection;
  }

  static Mono<Answer> of(Connection connection) {
    return Mono.defer(
        () -> {
          LmListing listing = new LmListing(connection);
          return listing
              .page(0)
              .expand(page -> listing.wantsNext(page) ? listing.page(page.next()) : Mono.empty())
              .then(Mono.just(Answer.lent(() -> {}, listing::answer)))
              .doFinally(_ -> listing.giveBack())
              .onErrorResume(
                  StoreException.class, _ -> Mono.just(() -> LmReplies.fail(connection.memory())));
        });
  }

  private Mono<ScanPage> page(long cursor) {
    return Patience.with(connection.store().scan(cursor, PAGE_KEYS));
  }

  /** Adds a page; whether the next one is to be added, too. */
  private boolean wantsNext(ScanPage page) {
    int before = keys.size();
    for (ChunkKey key : page.keys()) {
      if (keys.add(key)) {
        bytes += key.length() + 1L;
      }
    }
    long more = (long) KEY_BYTES * (keys.size() - before);
    if (keptBytes.updateAndGet(kept -> kept == OVER ? OVER : kept + more) != OVER) {
      connection.keep(more);
    }
    mostBytes = connection.mostKeptBytes();
    return !page.isLast() && bytes <= mostBytes;
  }

  private void giveBack() {
    long kept = keptBytes.getAndSet(OVER);
    if (kept != OVER) {
      connection.keep(-kept);
    }
  }

  private void answer(Reply reply) {
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
