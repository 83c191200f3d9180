package io.daxflux.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a server is asked whether it is there, in each protocol that has a word for it. */
enum PingProtocol {
  /** LMCache's: HEALTH is answered by a header whose code is 200. */
  LM("lm") {
    private static final int REQUEST_BYTES = 186;
    private static final int REPLY_BYTES = 36;
    private static final int KEY_OFFSET = 36;
    private static final int HEALTH = 5;
    private static final int SUCCESS = 200;

    @Override
    String ask(InputStream in, OutputStream out, @Nullable String password) throws IOException {
      byte[] request = new byte[REQUEST_BYTES];
      Arrays.fill(request, KEY_OFFSET, REQUEST_BYTES, (byte) ' ');
      // It needs a key, although it is about none
      byte[] key = "ping@1@0@0@half".getBytes(StandardCharsets.US_ASCII);
      ByteBuffer.wrap(request)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(HEALTH)
          .putInt(0)
          .putInt(1)
          .putInt(2)
          .put(KEY_OFFSET, key);
      out.write(request);
      out.flush();
      byte[] reply = in.readNBytes(REPLY_BYTES);
      boolean alive =
          reply.length == REPLY_BYTES
              && ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN).getInt() == SUCCESS;
      return alive ? "" : found(reply);
    }
  },

  /** Redis's: PING is answered by PONG, behind AUTH where there is a password. */
  RESP("resp") {
    private static final String OK = "+OK\r\n";
    private static final String PONG = "+PONG\r\n";

    @Override
    String ask(InputStream in, OutputStream out, @Nullable String password) throws IOException {
      if (password != null) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        out.write(ascii("*2\r\n$4\r\nAUTH\r\n$" + bytes.length + "\r\n"));
        out.write(bytes);
        out.write(ascii("\r\n"));
        out.flush();
        String fault = expect(in, OK);
        if (!fault.isEmpty()) {
          return fault;
        }
      }
      out.write(ascii("*1\r\n$4\r\nPING\r\n"));
      out.flush();
      return expect(in, PONG);
    }

    private byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String expect(InputStream in, String expected) throws IOException {
      byte[] reply = in.readNBytes(expected.length());
      return Arrays.equals(reply, ascii(expected)) ? "" : found(reply);
    }
  },

  /** The store's own: HELLO, which has the password, is answered by WELCOME. */
  WIRE("daxflux") {
    private static final int HEAD_BYTES = 9;
    private static final int TYPE_OFFSET = 8;
    private static final int MAGIC = 0x44584657;
    private static final short VERSION = 1;
    private static final byte HELLO = 0x10;
    private static final byte WELCOME = (byte) 0x80;
    private static final byte FAILED = (byte) 0x82;
    private static final int MOST_REFUSAL_BYTES = 4096;

    /** Of the text, in a refusal's body: behind two codes and its length. */
    private static final int TEXT_OFFSET = 4;

    @Override
    String ask(InputStream in, OutputStream out, @Nullable String password) throws IOException {
      byte[] secret = password == null ? new byte[0] : password.getBytes(StandardCharsets.UTF_8);
      int bodyBytes = Integer.BYTES + 3 * Short.BYTES + secret.length;
      out.write(
          ByteBuffer.allocate(HEAD_BYTES + bodyBytes)
              .putInt(bodyBytes)
              .putInt(0)
              .put(HELLO)
              .putInt(MAGIC)
              .putShort(VERSION)
              .putShort(VERSION)
              .putShort((short) secret.length)
              .put(secret)
              .array());
      out.flush();
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (head.length < HEAD_BYTES) {
        return found(head);
      }
      return switch (head[TYPE_OFFSET]) {
        case WELCOME -> "";
        case FAILED -> refusal(in, head);
        default -> found(head);
      };
    }

    private String refusal(InputStream in, byte[] head) throws IOException {
      int length = ByteBuffer.wrap(head).getInt();
      if (length <= TEXT_OFFSET || length > MOST_REFUSAL_BYTES) {
        return found(head);
      }
      byte[] body = in.readNBytes(length);
      return body.length <= TEXT_OFFSET
          ? found(head)
          : found(Arrays.copyOfRange(body, TEXT_OFFSET, body.length));
    }
  };

  private final String scheme;

  PingProtocol(String scheme) {
    this.scheme = scheme;
  }

  static PingProtocol of(@Nullable String scheme) {
    return Arrays.stream(values())
        .filter(protocol -> protocol.scheme.equals(scheme))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such protocol"));
  }

  /** How their URLs look. */
  static String forms() {
    return Arrays.stream(values())
        .map(protocol -> protocol.scheme + "://HOST:PORT")
        .collect(Collectors.joining(", "));
  }

  /** Asks, and returns what came instead of the right answer; nothing where it came. */
  abstract String ask(InputStream in, OutputStream out, @Nullable String password)
      throws IOException;

  private static String found(byte[] reply) {
    if (reply.length == 0) {
      return "the end of the connection";
    }
    String start = new String(reply, StandardCharsets.ISO_8859_1);
    boolean isText = start.chars().allMatch(c -> c >= ' ' && c <= '~');
    return isText
        ? "'" + start + "'"
        : "0x" + HexFormat.of().formatHex(reply, 0, Math.min(reply.length, 16));
  }
}
