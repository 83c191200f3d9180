package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, as far as it has come: words, with an empty one for each that is a
 * payload, and the payloads. One that is refused keeps nothing of what came or comes. On the
 * connection's event loop until it is complete; not changed afterwards.
 */
final class Request {
  /** What a word costs beside its bytes. */
  private static final int WORD_BYTES = 16;

  /** What a key costs beside its word. */
  private static final int KEY_BYTES = 64;

  /** What a value costs beside its bytes: its word, and what is known of it until all have come. */
  private static final int PAYLOAD_BYTES = 256;

  /** The time and the memory that a pattern takes grow with its length. */
  private static final int MOST_PATTERN_BYTES = 1 << 10;

  private static final byte[] ELSEWHERE = {};

  /** How many words there will be. */
  final int count;

  /** Known as soon as the first word is; null also where there is no such command. */
  @Nullable Command command;

  private final long mostBytes;
  private final int mostKeyBytes;
  private final List<byte[]> words = new ArrayList<>();
  private final List<Payload> payloads = new ArrayList<>();
  private long bytes;
  private @Nullable CommandException refusal;

  /**
   * One of so many words.
   *
   * @param mostBytes how much may be kept of it, values not counted
   * @param mostKeyBytes the longest key it may name
   */
  Request(int count, long mostBytes, int mostKeyBytes) {
    this.mostKeyBytes = mostKeyBytes;
    this.count = count;
    this.mostBytes = mostBytes;
  }

  // --- What comes

  /** Counts a word that follows. Whether it is to be kept: not where there is too much of it. */
  boolean hasRoomForWord(int wordBytes) {
    return hasRoomFor((long) WORD_BYTES + wordBytes);
  }

  /** The same of a value, wherever its bytes go. */
  boolean hasRoomForPayload() {
    return hasRoomFor(PAYLOAD_BYTES);
  }

  private boolean hasRoomFor(long more) {
    if (refusal == null) {
      bytes += more;
      if (bytes > mostBytes) {
        refuse(Errors.tooLong(mostBytes));
      }
    }
    return refusal == null;
  }

  /** What it keeps until it is answered: its words, and the keys that some of them are. */
  long heapBytes() {
    return refusal != null ? 0 : 2 * bytes + (long) KEY_BYTES * words.size();
  }

  void addWord(byte[] word) {
    if (refusal == null) {
      words.add(word);
    }
  }

  void addPayload(Payload payload) {
    words.add(ELSEWHERE);
    payloads.add(payload);
  }

  /** Will be answered with that, whatever follows; the first reason counts. */
  void refuse(CommandException why) {
    if (refusal == null) {
      refusal = why;
      abandonPayloads();
      payloads.clear();
      words.clear();
    }
  }

  @Nullable CommandException refusal() {
    return refusal;
  }

  void abandonPayloads() {
    payloads.forEach(Payload::abandon);
  }

  List<Payload> payloads() {
    return Collections.unmodifiableList(payloads);
  }

  // --- Words

  List<byte[]> words() {
    return Collections.unmodifiableList(words);
  }

  byte[] word(int index) {
    return words.get(index);
  }

  String text(int index) {
    return new String(word(index), StandardCharsets.ISO_8859_1);
  }

  /** For what keys and names are compared with. */
  byte[] pattern(int index) {
    byte[] word = word(index);
    if (word.length > MOST_PATTERN_BYTES) {
      throw new CommandException(
          "ERR pattern: expected at most " + MOST_PATTERN_BYTES + " bytes, found " + word.length);
    }
    return word;
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

  /** The key in front of a value. */
  ChunkKey lastKey() {
    return keyOf(words.getLast());
  }

  ChunkKey key(int index) {
    return keyOf(word(index));
  }

  private ChunkKey keyOf(byte[] word) {
    if (word.length == 0 || word.length > mostKeyBytes) {
      throw new CommandException(
          "ERR key: expected 1 to " + mostKeyBytes + " bytes, found " + word.length);
    }
    return ChunkKey.of(word);
  }

  /** All words from this one on. */
  List<ChunkKey> keysFrom(int index) {
    return words.subList(index, words.size()).stream().map(this::keyOf).toList();
  }
}
