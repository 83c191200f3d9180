package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.daxflux.net.RawClient;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;

/** Sends commands as clients do, and hands out replies as they come, byte for byte. */
final class RespClient extends RawClient {
  RespClient(InetSocketAddress address) {
    super(address);
  }

  /** A request of these words, in which each character is a byte. */
  static byte[] request(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  /** The reply to a command. */
  String ask(String... words) {
    send(request(words));
    return reply();
  }

  /** A request whose last word are these bytes. */
  void sendWith(byte[] last, String... words) {
    byte[] head = request(words);
    head[1] = (byte) ('0' + words.length + 1);
    send(head, ("$" + last.length + "\r\n").getBytes(ISO_8859_1), last, new byte[] {'\r', '\n'});
  }

  /** The reply to a command whose last word are these bytes. */
  String askWith(byte[] last, String... words) {
    sendWith(last, words);
    return reply();
  }

  /** The next reply as a whole. */
  String reply() {
    StringBuilder text = new StringBuilder();
    append(text);
    return text.toString();
  }

  private void append(StringBuilder text) {
    String line = line();
    text.append(line).append("\r\n");
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', '-', ':', '_', '#', ',' -> {}
      case '$', '=' -> {
        if (!rest.equals("-1")) {
          text.append(new String(receive(Integer.parseInt(rest) + 2), ISO_8859_1));
        }
      }
      case '*', '~', '>' -> appendAll(text, Integer.parseInt(rest));
      case '%' -> appendAll(text, 2 * Integer.parseInt(rest));
      default -> throw new AssertionError("expected a reply, found " + line);
    }
  }

  private void appendAll(StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      append(text);
    }
  }

  private String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte value = receive(1)[0]; value != '\r'; value = receive(1)[0]) {
      line.write(value);
    }
    if (receive(1)[0] != '\n') {
      throw new AssertionError("expected the end of a line behind " + line);
    }
    return line.toString(ISO_8859_1);
  }

  /** A string as it is sent. */
  static String bulk(String value) {
    return "$" + value.length() + "\r\n" + value + "\r\n";
  }
}
