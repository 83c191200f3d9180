package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.PutBody;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way to the store.
 *
 * @param key what it is to be called
 * @param body where it goes; null where it is not received
 * @param refusal why it is not received, or null
 */
record Payload(@Nullable ChunkKey key, @Nullable PutBody body, @Nullable CommandException refusal) {
  static Payload refused(CommandException why) {
    return new Payload(null, null, why);
  }

  void abandon() {
    if (body != null) {
      body.abandon();
    }
  }
}
