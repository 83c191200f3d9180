package io.daxflux.perf.served;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A client of RESP that waits for each reply, and copies nothing between the socket and its buffer.
 * One thread at a time.
 */
public final class RespConnection implements AutoCloseable {
  private static final int MOST_HEAD_BYTES = 64;
  private static final byte[] END = {'\r', '\n'};

  private final SocketChannel channel;

  /** A reply: its head, and behind it the value and the end of the line. */
  private final ByteBuffer reply;

  /** Connects, for values of at most so many bytes. */
  public RespConnection(int port, int mostBytes) {
    reply = ByteBuffer.allocateDirect(MOST_HEAD_BYTES + mostBytes + END.length);
    try {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  /**
   * Sets a value.
   *
   * @param value from its position to its limit, which both stay
   */
  public void set(String key, ByteBuffer value) {
    ByteBuffer[] request = {
      ascii("*3\r\n$3\r\nSET\r\n" + bulk(key) + "$" + value.remaining() + "\r\n"),
      value.duplicate(),
      ByteBuffer.wrap(END)
    };
    try {
      while (request[2].hasRemaining()) {
        channel.write(request);
      }
      String head = receiveHead();
      if (!head.equals("+OK")) {
        throw new IllegalStateException("SET: expected +OK, found " + head);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Gets a value, which is there until the next request. */
  public ByteBuffer get(String key) {
    ByteBuffer request = ascii("*2\r\n$3\r\nGET\r\n" + bulk(key));
    try {
      while (request.hasRemaining()) {
        channel.write(request);
      }
      String head = receiveHead();
      if (head.charAt(0) != '$' || head.equals("$-1")) {
        throw new IllegalStateException("GET " + key + ": expected a value, found " + head);
      }
      int from = head.length() + END.length;
      int bytes = Integer.parseInt(head.substring(1));
      while (reply.position() < from + bytes + END.length) {
        receive();
      }
      return reply.slice(from, bytes);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  /** The first line of a reply, which stays in the buffer. */
  private String receiveHead() throws IOException {
    reply.clear();
    StringBuilder head = new StringBuilder();
    while (true) {
      int looked = reply.position();
      receive();
      for (int at = looked; at < reply.position(); at++) {
        char found = (char) (reply.get(at) & 0xff);
        if (found == '\n') {
          return head.substring(0, head.length() - 1);
        }
        head.append(found);
      }
    }
  }

  private void receive() throws IOException {
    if (channel.read(reply) < 0) {
      throw new EOFException("the server has closed the connection");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException gone) {
      // As it should be.
    }
  }
}
