package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.PutBody;

/**
 * A value on its way to the store.
 *
 * @param key what it is to be called
 * @param body where it goes
 */
record Payload(ChunkKey key, PutBody body) {
  void abandon() {
    body.abandon();
  }
}
