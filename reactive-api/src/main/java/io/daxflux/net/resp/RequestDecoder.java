package io.daxflux.net.resp;

import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads requests as Redis does: arrays of strings, or lines. What has been understood is not looked
 * at again, however slowly the rest comes. Two bytes behind a string are skipped, whatever they
 * are, as Redis does.
 */
final class RequestDecoder {
  /** The longest string, as Redis has it (512 MiB). */
  static final long MOST_WORD_BYTES = 512L << 20;

  private static final int MOST_INLINE_BYTES = 1 << 16;

  /** A count or a length has fewer; whatever has more is none. */
  private static final int MOST_NUMBER_BYTES = 32;

  private static final int LINE_END_BYTES = 2;

  /** What clients may send before they have named the secret. */
  private static final int MOST_STRANGER_WORDS = 10;

  private static final int MOST_STRANGER_WORD_BYTES = 1 << 14;

  private enum Awaited {
    REQUEST,
    /** The length of the next word. */
    LENGTH,
    /** A word that is to be brought. */
    WORD,
    /** The end of a word whose bytes went elsewhere. */
    LINE_END
  }

  private final RequestTaker taker;
  private Awaited awaited = Awaited.REQUEST;
  private int words;
  private int index;
  private int wordBytes;

  /** How much of an unfinished line has no end in it. */
  private int searchedBytes;

  RequestDecoder(RequestTaker taker) {
    this.taker = taker;
  }

  boolean isBetweenRequests() {
    return awaited == Awaited.REQUEST;
  }

  /**
   * Takes as much as is there of one request, up to a word that goes elsewhere.
   *
   * @throws MalformedException in Redis's words, where this is none
   */
  void read(ByteBuf bytes) {
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          switch (awaited) {
            case REQUEST -> readBegin(bytes);
            case LENGTH -> readLength(bytes);
            case WORD -> readWord(bytes);
            case LINE_END -> readLineEnd(bytes);
          };
    }
  }

  private boolean readBegin(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return false;
    }
    return bytes.getByte(bytes.readerIndex()) == '*' ? readCount(bytes) : readInline(bytes);
  }

  private boolean readCount(ByteBuf bytes) {
    int line = lineBytes(bytes, "too big mbulk count string");
    if (line < 0) {
      return false;
    }
    OptionalLong count = number(bytes, line);
    if (count.isEmpty() || count.getAsLong() > Integer.MAX_VALUE) {
      throw error("invalid multibulk length");
    }
    if (count.getAsLong() > MOST_STRANGER_WORDS && !taker.isAdmitted()) {
      throw error("unauthenticated multibulk length");
    }
    if (count.getAsLong() <= 0) {
      return false;
    }
    begin((int) count.getAsLong());
    return true;
  }

  private void begin(int count) {
    words = count;
    index = 0;
    awaited = Awaited.LENGTH;
    taker.begin(count);
  }

  private boolean readLength(ByteBuf bytes) {
    int line = lineBytes(bytes, "too big bulk count string");
    if (line < 0) {
      return false;
    }
    int first = bytes.getByte(bytes.readerIndex());
    if (first != '$') {
      throw error("expected '$', got '" + (char) (first & 0xff) + "'");
    }
    OptionalLong length = number(bytes, line);
    if (length.isEmpty() || length.getAsLong() < 0 || length.getAsLong() > MOST_WORD_BYTES) {
      throw error("invalid bulk length");
    }
    if (length.getAsLong() > MOST_STRANGER_WORD_BYTES && !taker.isAdmitted()) {
      throw error("unauthenticated bulk length");
    }
    wordBytes = (int) length.getAsLong();
    boolean keeps = taker.keeps(index, wordBytes);
    awaited = keeps ? Awaited.WORD : Awaited.LINE_END;
    return keeps;
  }

  private boolean readWord(ByteBuf bytes) {
    if (bytes.readableBytes() < wordBytes + LINE_END_BYTES) {
      return false;
    }
    byte[] word = new byte[wordBytes];
    bytes.readBytes(word).skipBytes(LINE_END_BYTES);
    taker.word(index, word);
    return next();
  }

  private boolean readLineEnd(ByteBuf bytes) {
    if (bytes.readableBytes() < LINE_END_BYTES) {
      return false;
    }
    bytes.skipBytes(LINE_END_BYTES);
    return next();
  }

  private boolean next() {
    index++;
    if (index < words) {
      awaited = Awaited.LENGTH;
      return true;
    }
    awaited = Awaited.REQUEST;
    taker.end();
    return false;
  }

  // --- Lines

  /** The bytes before the end of this line; -1 where that is not there. */
  private static int lineBytes(ByteBuf bytes, String tooLong) {
    int length = bytes.bytesBefore(Math.min(bytes.readableBytes(), MOST_NUMBER_BYTES), (byte) '\r');
    if (length < 0 && bytes.readableBytes() >= MOST_NUMBER_BYTES) {
      throw error(tooLong);
    }
    return length >= 0 && bytes.readableBytes() >= length + LINE_END_BYTES ? length : -1;
  }

  /** Takes a line, and reads the number behind its first byte. */
  private static OptionalLong number(ByteBuf bytes, int lineBytes) {
    byte[] line = new byte[lineBytes];
    bytes.readBytes(line).skipBytes(LINE_END_BYTES);
    return Decimal.parse(line, 1);
  }

  private boolean readInline(ByteBuf bytes) {
    int length = inlineBytes(bytes);
    if (length < 0) {
      return false;
    }
    byte[] line = new byte[length];
    bytes.readBytes(line).skipBytes(1);
    List<byte[]> typed = InlineWords.of(line);
    if (!typed.isEmpty()) {
      taker.begin(typed.size());
      for (int i = 0; i < typed.size(); i++) {
        taker.word(i, typed.get(i));
      }
      taker.end();
    }
    return false;
  }

  private int inlineBytes(ByteBuf bytes) {
    int from = bytes.readerIndex() + searchedBytes;
    int end = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
    int length = end < 0 ? bytes.readableBytes() : end - bytes.readerIndex();
    if (length > MOST_INLINE_BYTES) {
      throw error("too big inline request");
    }
    searchedBytes = end < 0 ? length : 0;
    return end < 0 ? -1 : length;
  }

  private static MalformedException error(String what) {
    return new MalformedException("Protocol error: " + what);
  }
}
