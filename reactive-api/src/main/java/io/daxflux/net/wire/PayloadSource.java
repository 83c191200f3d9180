package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;

/** A put whose payload is on its way to the server. On the client's event loop. */
interface PayloadSource {
  /** The number of its call. */
  int id();

  /** Whether there is something to send. */
  boolean hasPiece();

  /** Appends the next bytes, at least one and at most so many; a copy of what it has. */
  void writePiece(ByteBuf to, int mostBytes);

  /** The piece that was written is behind what was sent before. */
  void sent();

  /** What it has sent ahead of its being copied there. */
  long aheadBytes();
}
