package io.daxflux.reactive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.testkit.Patience;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Chunks whose bytes follow from their names. */
public final class Chunks {
  /**
   * Longer than anything takes unless it hangs, also where the machine stands still for a while.
   */
  public static final Duration SOON = Patience.ofSeconds(100);

  /** The blocks of test stores: small, so that small chunks make full arenas. */
  public static final int BLOCK = 4096;

  /** A payload that is small, and too large to lie in its record. */
  public static final int SMALL = 601;

  private Chunks() {}

  public static ChunkKey key(String name) {
    return ChunkKey.of(name);
  }

  public static List<ChunkKey> keys(String... names) {
    return Arrays.stream(names).map(ChunkKey::of).toList();
  }

  /** {@code count} keys: {@code name0}, {@code name1} and so on. */
  public static List<ChunkKey> keysOf(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> key(name + i)).toList();
  }

  /** The bytes of the chunk of this name, if it has that many. */
  public static byte[] bytesOf(ChunkKey key, int length) {
    byte[] bytes = new byte[length];
    new Random(key.hashCode()).nextBytes(bytes);
    return bytes;
  }

  public static byte[] bytesOf(String name, int length) {
    return bytesOf(key(name), length);
  }

  public static Chunk chunk(ChunkKey key, int length) {
    return Chunk.blob(key, bytesOf(key, length));
  }

  public static Chunk chunk(String name, int length) {
    return chunk(key(name), length);
  }

  /** Chunks of {@link #keysOf}, all of this length. */
  public static List<Chunk> chunksOf(String name, int count, int length) {
    return keysOf(name, count).stream().map(key -> chunk(key, length)).toList();
  }

  /** Stores a chunk, which must succeed. */
  public static void put(ReactiveChunkStore store, String name, int length) {
    putAll(store, List.of(chunk(name, length)));
  }

  /** Stores chunks side by side, which must succeed. */
  public static void putAll(ReactiveChunkStore store, List<Chunk> chunks) {
    assertThat(store.putAll(chunks, PutMode.KEEP_EXISTING).collectList().block(SOON))
        .hasSize(chunks.size())
        .allMatch(PutOutcome.Stored.class::isInstance);
  }

  /** Whether these are the bytes of the chunk of this name. */
  public static void assertBytes(MemorySegment found, String name, int length) {
    assertSame(found, bytesOf(name, length));
  }

  /** Compares without printing megabytes. Reads on the heap: the memory may be an arena's. */
  public static void assertSame(MemorySegment found, byte[] expected) {
    byte[] bytes = found.toArray(JAVA_BYTE);
    assertThat(bytes.length).as("length").isEqualTo(expected.length);
    assertThat(Arrays.mismatch(bytes, expected)).as("first byte that differs").isEqualTo(-1);
  }

  /** Names, as a list of keys prints badly. */
  public static List<String> names(Stream<ChunkKey> keys) {
    return keys.map(ChunkKey::toString).toList();
  }
}
