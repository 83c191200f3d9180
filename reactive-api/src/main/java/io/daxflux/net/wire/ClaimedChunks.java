package io.daxflux.net.wire;

import io.daxflux.chunk.Chunk;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Chunks that were taken from the caller and have not reached a put yet: operators between the two
 * drop some when they are cancelled, and this gives their payload back. Any thread.
 */
final class ClaimedChunks {
  private final Set<Claimed> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /** One of them; told apart by identity, for a chunk without a hook may come twice. */
  final class Claimed {
    private final Chunk chunk;
    private final AtomicBoolean decided = new AtomicBoolean();

    private Claimed(Chunk chunk) {
      this.chunk = chunk;
    }

    Chunk chunk() {
      return chunk;
    }

    /** Whether this is the first to decide what becomes of it, and so answers for its payload. */
    boolean leave() {
      waiting.remove(this);
      return decided.compareAndSet(false, true);
    }

    private void giveBack() {
      if (leave()) {
        chunk.release();
      }
    }
  }

  /** Takes a chunk; null where it was put before. */
  @Nullable Claimed claim(Chunk chunk) {
    if (!chunk.claim()) {
      return null;
    }
    Claimed claimed = new Claimed(chunk);
    waiting.add(claimed);
    if (over) {
      claimed.giveBack();
    }
    return claimed;
  }

  /** What has not reached a put never will. */
  void giveBackRest() {
    over = true;
    waiting.forEach(Claimed::giveBack);
  }
}
