package io.daxflux.perf.ground;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.PrefixKeys;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A document, whose KV cache makes 39 chunks where it has 10,000 tokens.
 *
 * @param number which one, from 0
 * @param keys its chunks' names
 * @param chunk how large each is
 */
public record Document(int number, List<ChunkKey> keys, ChunkSize chunk) {
  /** How many chunks 10,000 tokens make. */
  public static final int CHUNKS = 39;

  private static final int CHUNK_TOKENS = 256;

  /** Documents with these numbers, of so many chunks. */
  public static List<Document> several(int count, int chunks, ChunkSize chunk) {
    return IntStream.range(0, count).mapToObj(number -> of(number, chunks, chunk)).toList();
  }

  private static Document of(int number, int chunks, ChunkSize chunk) {
    PrefixKeys names = new PrefixKeys("shootout", 1, 0, DType.BFLOAT16, CHUNK_TOKENS);
    int[] tokens = IntStream.range(0, chunks * CHUNK_TOKENS).map(i -> i ^ (number << 16)).toArray();
    return new Document(number, names.fullChunks(tokens), chunk);
  }

  /** What a chunk holds. */
  public Payload payload(int index) {
    return new Payload(((long) number << 32) + index, chunk.bytes());
  }

  /** What all chunks hold. */
  public Stream<Payload> payloads() {
    return IntStream.range(0, keys.size()).mapToObj(this::payload);
  }

  /** All chunks together. */
  public long bytes() {
    return keys.size() * chunk.bytes();
  }
}
