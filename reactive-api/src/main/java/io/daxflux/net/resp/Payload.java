package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.PutBody;
import io.daxflux.net.serve.PutRow;

/**
 * A value on its way to the store.
 *
 * @param key what it is to be called
 * @param body where it goes
 * @param row whose next value lies beside it, unless it is abandoned
 */
record Payload(ChunkKey key, PutBody body, PutRow row) {
  void abandon() {
    row.leave(key);
    body.abandon();
  }
}
