package io.daxflux.net.serve;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.NotStarted;
import org.jspecify.annotations.Nullable;

/**
 * The puts of a connection, each of which would best lie beside the one before it that has a place.
 * On the connection's event loop.
 */
public final class PutRow {
  private final Connection connection;

  /** The put before the next one, and the one before that. */
  private @Nullable ChunkKey last;

  private @Nullable ChunkKey beforeLast;

  /** That of the last put: most of a connection's chunks share one. */
  private ChunkLayout layout = ChunkLayout.blob(0);

  /** An empty one. */
  public PutRow(Connection connection) {
    this.connection = connection;
  }

  /** The same layout, as few times in memory as may be. */
  public ChunkLayout shared(ChunkLayout said) {
    if (!said.equals(layout)) {
      layout = said;
    }
    return layout;
  }

  /** Asks for a place for the next one. Its owner ends it. */
  public PutBody next(ChunkHead head) {
    PutBody body = connection.put(head.after(last), PutMode.REPLACE);
    ChunkKey key = head.key();
    beforeLast = last;
    last = key;
    body.start()
        .subscribe(
            start -> {
              if (start instanceof NotStarted) {
                leave(key);
              }
            },
            _ -> leave(key));
    return body;
  }

  /** This one is not stored: the next one lies beside another. */
  public void leave(ChunkKey key) {
    if (key.equals(last)) {
      last = beforeLast;
    }
  }
}
