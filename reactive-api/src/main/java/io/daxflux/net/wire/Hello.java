package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;

/** How a client begins. */
final class Hello {
  private final int magic;
  private final int leastVersion;
  private final int mostVersion;
  private final byte[] secret;

  private Hello(int magic, int leastVersion, int mostVersion, byte[] secret) {
    this.magic = magic;
    this.leastVersion = leastVersion;
    this.mostVersion = mostVersion;
    this.secret = secret;
  }

  static void write(ByteBuf to, byte[] secret) {
    to.writeInt(WireProtocol.MAGIC)
        .writeShort(WireProtocol.VERSION)
        .writeShort(WireProtocol.VERSION)
        .writeShort(secret.length)
        .writeBytes(secret);
  }

  static Hello read(ByteBuf from) {
    return new Hello(
        from.readInt(),
        from.readUnsignedShort(),
        from.readUnsignedShort(),
        Fields.readBytes(from, from.readUnsignedShort()));
  }

  boolean isUnderstood() {
    return magic == WireProtocol.MAGIC;
  }

  boolean speaks(int version) {
    return leastVersion <= version && version <= mostVersion;
  }

  int leastVersion() {
    return leastVersion;
  }

  int mostVersion() {
    return mostVersion;
  }

  byte[] secret() {
    return secret;
  }
}
