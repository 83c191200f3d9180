package io.daxflux.net.resp;

import io.daxflux.net.serve.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line that was typed: separated by blanks, or in quotes. Within double quotes a
 * backslash brings in what cannot be typed; within single ones only a single one.
 */
final class InlineWords {
  private final byte[] line;
  private int at;

  private InlineWords(byte[] line) {
    this.line = line;
  }

  /**
   * The words, in their order.
   *
   * @throws MalformedException where a quote is not closed, or is followed by anything but a blank
   */
  static List<byte[]> of(byte[] line) {
    InlineWords rest = new InlineWords(line);
    List<byte[]> words = new ArrayList<>();
    for (rest.skipBlanks(); rest.hasMore(); rest.skipBlanks()) {
      words.add(rest.word());
    }
    return words;
  }

  private boolean hasMore() {
    return at < line.length;
  }

  private void skipBlanks() {
    while (hasMore() && isBlank(line[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r') || value == 0;
  }

  private byte[] word() {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (hasMore() && !isBlank(line[at])) {
      byte value = line[at++];
      switch (value) {
        case '"', '\'' -> {
          quoted(value, word);
          return word.toByteArray();
        }
        default -> word.write(value);
      }
    }
    return word.toByteArray();
  }

  private void quoted(byte quote, ByteArrayOutputStream word) {
    while (hasMore()) {
      byte value = line[at++];
      if (value == quote) {
        requireBlank();
        return;
      }
      if (value == '\\' && hasMore() && (quote == '"' || line[at] == '\'')) {
        word.write(escaped());
      } else {
        word.write(value);
      }
    }
    throw unbalanced();
  }

  private int escaped() {
    if (line[at] == 'x' && at + 2 < line.length) {
      int high = Character.digit(line[at + 1], 16);
      int low = Character.digit(line[at + 2], 16);
      if (high >= 0 && low >= 0) {
        at += 3;
        return high << 4 | low;
      }
    }
    byte value = line[at++];
    return switch (value) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> value;
    };
  }

  private void requireBlank() {
    if (hasMore() && !isBlank(line[at])) {
      throw unbalanced();
    }
  }

  private static MalformedException unbalanced() {
    return new MalformedException("Protocol error: unbalanced quotes in request");
  }
}
