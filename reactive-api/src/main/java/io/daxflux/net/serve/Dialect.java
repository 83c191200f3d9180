package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;

/** One side of a conversation with one client. On the connection's event loop. */
public interface Dialect {
  /**
   * Takes at most one request from these bytes, or one that is in the middle of another: moves the
   * reader index behind what it has understood, and hands it to the connection. Where a request is
   * not there as a whole it may leave all of it; it is asked again when there is more. After {@link
   * Connection#receive} and {@link Connection#end} it returns at once: the bytes that follow are
   * somebody else's.
   *
   * @param bytes what has come, in order; not to be kept, and the connection's to release
   * @throws MalformedException where this is no request: the connection ends behind the replies
   *     that are due
   */
  void read(ByteBuf bytes);

  /** Whether no request has been taken in part: nothing is lost if no more bytes come. */
  default boolean isBetweenRequests() {
    return true;
  }

  /** How many bytes it keeps of requests that it has not handed to the connection's turns. */
  default long keptBytes() {
    return 0;
  }

  /**
   * The connection is gone, or its client sends no more: what is half received is to be given up.
   * Called once.
   */
  default void closed() {}
}
