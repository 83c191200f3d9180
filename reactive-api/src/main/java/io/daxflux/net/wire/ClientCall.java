package io.daxflux.net.wire;

import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;

/** One request, as its connection sees it. On the client's event loop. */
interface ClientCall {
  /** It has a connection, and a number there: sends its request. */
  void connected(Wire wire, int id);

  /** The server has answered, in part or, with DONE and FAILED, for the last time. */
  void answered(FrameType type, ByteBuf body);

  /**
   * Some payload: takes all of it.
   *
   * @param bytes the caller's, who releases it
   */
  default void payload(ByteBuf bytes) {
    throw new MalformedException("payload: expected none, found " + bytes.readableBytes());
  }

  /** The server has copied so many bytes of what was sent. */
  default void taken(int bytes) {}

  /** There is no connection, or no longer; nothing more will come. */
  void lost(RuntimeException why);
}
