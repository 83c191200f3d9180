package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;

/** Where the bytes of a payload go as they arrive. On the connection's event loop. */
public interface Body {
  /** Receives and forgets. */
  Body DROPPED =
      new Body() {
        @Override
        public void take(ByteBuf part) {
          part.release();
        }

        @Override
        public void abandon() {}
      };

  /** The next bytes, which it now owns; never none. */
  void take(ByteBuf part);

  /** The rest will not come. */
  void abandon();
}
