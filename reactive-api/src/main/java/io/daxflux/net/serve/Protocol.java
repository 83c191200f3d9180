package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What a server speaks. Thread-safe. */
public interface Protocol {
  /** Its name in addresses, threads and logs, such as {@code lm}. */
  String scheme();

  /** What talks to one client. Called on the connection's event loop. */
  Dialect open(Connection connection);

  /** What is told a client for whom there is no room, before the connection is closed. */
  default ByteBuf refusal() {
    return Unpooled.EMPTY_BUFFER;
  }
}
