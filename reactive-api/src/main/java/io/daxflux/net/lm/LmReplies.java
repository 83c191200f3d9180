package io.daxflux.net.lm;

import io.daxflux.net.serve.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What a client is answered. Nine numbers of 32 bits, the lowest byte first; the location is the
 * last one here, although it is the fifth of a request:
 *
 * <pre>
 *   0     4       8       12     16  20  24  28  32        36
 *   │code │length │format │dtype │     shape     │location │
 * </pre>
 */
final class LmReplies {
  private static final int BYTES = 36;
  private static final int SUCCESS = 200;
  private static final int FAIL = 400;
  private static final int NOWHERE = 0;

  private LmReplies() {}

  static Reply success(ByteBufAllocator memory) {
    return Reply.of(header(memory, SUCCESS, 0, LmMetadata.NOTHING));
  }

  static Reply fail(ByteBufAllocator memory) {
    return Reply.of(miss(memory));
  }

  static ByteBuf miss(ByteBufAllocator memory) {
    return header(memory, FAIL, 0, LmMetadata.NOTHING);
  }

  static ByteBuf hit(ByteBufAllocator memory, int length, LmMetadata metadata) {
    return header(memory, SUCCESS, length, metadata);
  }

  private static ByteBuf header(
      ByteBufAllocator memory, int code, int length, LmMetadata metadata) {
    return memory
        .directBuffer(BYTES)
        .writeIntLE(code)
        .writeIntLE(length)
        .writeIntLE(metadata.format())
        .writeIntLE(metadata.dtype())
        .writeIntLE(metadata.shape0())
        .writeIntLE(metadata.shape1())
        .writeIntLE(metadata.shape2())
        .writeIntLE(metadata.shape3())
        .writeIntLE(NOWHERE);
  }
}
