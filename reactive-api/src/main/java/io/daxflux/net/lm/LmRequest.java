package io.daxflux.net.lm;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What a client asks for. Nine numbers of 32 bits, the lowest byte first, then the key:
 *
 * <pre>
 *   0        4       8       12     16        20  24  28  32  36                        186
 *   │command │length │format │dtype │location │    shape      │ key, padded by spaces   │
 * </pre>
 */
record LmRequest(Command command, int length, LmMetadata metadata, ChunkKey key) {
  /** The length of a request without its payload. */
  static final int BYTES = 186;

  private static final int KEY_BYTES = 150;

  /** 0 for nowhere, 1 and 2 for the names of two backends; never anything else. */
  private static final int MOST_LOCATION = 2;

  enum Command {
    PUT,
    GET,
    EXIST,
    LIST,
    HEALTH;

    private static final Command[] ALL = values();

    private static Command of(int code) {
      if (code < 1 || code > ALL.length) {
        throw new MalformedException("command: expected 1 to " + ALL.length + ", found " + code);
      }
      return ALL[code - 1];
    }
  }

  /** Takes a request from these bytes, which are there. */
  static LmRequest read(ByteBuf bytes, int mostKeyBytes) {
    Command command = Command.of(bytes.readIntLE());
    int length = bytes.readIntLE();
    if (length < 0) {
      throw new MalformedException("length: expected at least 0, found " + length);
    }
    int format = bytes.readIntLE();
    int dtype = bytes.readIntLE();
    int location = bytes.readIntLE();
    if (location < 0 || location > MOST_LOCATION) {
      throw new MalformedException(
          "location: expected 0 to " + MOST_LOCATION + ", found " + location);
    }
    LmMetadata metadata =
        LmMetadata.received(
            format,
            dtype,
            bytes.readIntLE(),
            bytes.readIntLE(),
            bytes.readIntLE(),
            bytes.readIntLE());
    return new LmRequest(command, length, metadata, key(bytes, mostKeyBytes));
  }

  private static ChunkKey key(ByteBuf bytes, int mostBytes) {
    byte[] padded = new byte[KEY_BYTES];
    bytes.readBytes(padded);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(padded)).toString();
      ChunkKey key = ChunkKey.of(LmKeyText.normalized(text));
      if (key.length() > mostBytes) {
        throw new MalformedException(
            "key: expected at most " + mostBytes + " bytes, found " + key.length());
      }
      return key;
    } catch (CharacterCodingException malformed) {
      throw new MalformedException("key: expected UTF-8, found other bytes");
    }
  }
}
