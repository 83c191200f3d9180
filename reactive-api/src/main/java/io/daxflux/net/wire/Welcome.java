package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;

/**
 * What a server takes.
 *
 * @param version of the protocol, which is spoken from now on
 * @param mostFrameBytes the longest request
 * @param mostKeys keys that a request may name
 * @param mostCalls requests under way
 * @param windowBytes payload that may be sent ahead of its being copied
 */
record Welcome(int version, int mostFrameBytes, int mostKeys, int mostCalls, int windowBytes) {
  void write(ByteBuf to) {
    to.writeShort(version)
        .writeInt(mostFrameBytes)
        .writeInt(mostKeys)
        .writeInt(mostCalls)
        .writeInt(windowBytes);
  }

  static Welcome read(ByteBuf from) {
    return new Welcome(
        from.readUnsignedShort(), from.readInt(), from.readInt(), from.readInt(), from.readInt());
  }
}
