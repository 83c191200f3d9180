package io.daxflux.net.resp;

import io.daxflux.net.serve.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a reply in the client's version of the protocol. Text is ISO 8859-1, so that bytes come
 * out as they came in. Confined to one thread.
 */
final class RespWriter {
  private static final int FIRST_BYTES = 64;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final ByteBufAllocator memory;
  private final boolean isVersion3;
  private final Reply reply;
  private @Nullable ByteBuf text;

  private RespWriter(ByteBufAllocator memory, boolean isVersion3, Reply reply) {
    this.memory = memory;
    this.isVersion3 = isVersion3;
    this.reply = reply;
  }

  /** Writes a reply, which owns what was written also where this fails. */
  static void write(
      ByteBufAllocator memory, boolean isVersion3, Reply reply, Consumer<RespWriter> content) {
    RespWriter writer = new RespWriter(memory, isVersion3, reply);
    try {
      content.accept(writer);
    } finally {
      writer.endText();
    }
  }

  /** The buffer that is being filled. */
  private ByteBuf text() {
    ByteBuf current = text;
    if (current == null) {
      current = memory.buffer(FIRST_BYTES);
      text = current;
    }
    return current;
  }

  private void endText() {
    ByteBuf ended = text;
    text = null;
    if (ended != null) {
      reply.add(ended);
    }
  }

  // --- Lines

  /** A word that stands for itself, such as OK. */
  RespWriter status(String status) {
    return line('+', status);
  }

  /** What went wrong, its code first. In one line, whatever was quoted. */
  RespWriter error(String message) {
    return line('-', message.replace('\r', ' ').replace('\n', ' '));
  }

  RespWriter integer(long value) {
    return line(':', Long.toString(value));
  }

  RespWriter nothing() {
    return isVersion3 ? line('_', "") : line('$', "-1");
  }

  private RespWriter line(char kind, String content) {
    text().writeByte(kind);
    text().writeCharSequence(content, StandardCharsets.ISO_8859_1);
    text().writeBytes(LINE_END);
    return this;
  }

  // --- Strings

  RespWriter bulk(String value) {
    return bulk(value.getBytes(StandardCharsets.ISO_8859_1));
  }

  RespWriter bulk(byte[] value) {
    line('$', Integer.toString(value.length));
    text().writeBytes(value).writeBytes(LINE_END);
    return this;
  }

  RespWriter bulkOrNothing(@Nullable String value) {
    return value == null ? nothing() : bulk(value);
  }

  /** A string that is sent from where it lies. */
  RespWriter lent(MemorySegment value) {
    line('$', Long.toString(value.byteSize()));
    if (value.byteSize() > 0) {
      endText();
      reply.add(value);
    }
    text().writeBytes(LINE_END);
    return this;
  }

  /** A text for people. */
  RespWriter verbatim(String value) {
    return isVersion3
        ? line('=', Integer.toString(value.length() + "txt:".length())).rest("txt:" + value)
        : bulk(value);
  }

  private RespWriter rest(String content) {
    text().writeCharSequence(content, StandardCharsets.ISO_8859_1);
    text().writeBytes(LINE_END);
    return this;
  }

  // --- Collections, whose elements follow

  RespWriter array(int elements) {
    return line('*', Integer.toString(elements));
  }

  /** Keys and values in turn. */
  RespWriter map(int entries) {
    return isVersion3 ? line('%', Integer.toString(entries)) : array(entries * 2);
  }

  RespWriter set(int elements) {
    return isVersion3 ? line('~', Integer.toString(elements)) : array(elements);
  }
}
