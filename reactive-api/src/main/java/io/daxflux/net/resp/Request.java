package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, as far as it has come: words, with an empty one for each that is a
 * payload, and the payloads. On the connection's event loop until it is complete; not changed
 * afterwards.
 */
final class Request {
  private static final byte[] ELSEWHERE = {};

  /** How many words there will be. */
  final int count;

  final List<byte[]> words = new ArrayList<>();
  final List<Payload> payloads = new ArrayList<>();

  /** Known as soon as the first word is; null also where there is no such command. */
  @Nullable Command command;

  /** Bytes of words. */
  long wordBytes;

  Request(int count) {
    this.count = count;
  }

  void addElsewhere() {
    words.add(ELSEWHERE);
  }

  void abandonPayloads() {
    payloads.forEach(Payload::abandon);
  }

  // --- Words

  byte[] word(int index) {
    return words.get(index);
  }

  String text(int index) {
    return new String(word(index), StandardCharsets.ISO_8859_1);
  }

  /** For words whose case does not matter. */
  String option(int index) {
    return text(index).toUpperCase(Locale.ROOT);
  }

  boolean has(int index) {
    return index < words.size();
  }

  long integer(int index) {
    OptionalLong value = Decimal.parse(word(index));
    if (value.isEmpty()) {
      throw Errors.noInteger();
    }
    return value.getAsLong();
  }

  ChunkKey key(int index) {
    return keyOf(word(index));
  }

  static ChunkKey keyOf(byte[] word) {
    if (word.length == 0 || word.length > ChunkKey.MAX_BYTES) {
      throw new CommandException(
          "ERR key: expected 1 to " + ChunkKey.MAX_BYTES + " bytes, found " + word.length);
    }
    return ChunkKey.of(word);
  }

  /** All words from this one on. */
  List<ChunkKey> keysFrom(int index) {
    return words.subList(index, words.size()).stream().map(Request::keyOf).toList();
  }
}
