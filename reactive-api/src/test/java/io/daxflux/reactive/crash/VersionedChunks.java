package io.daxflux.reactive.crash;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Chunks that can be told from any others: length and bytes follow from name and version, and the
 * version travels with them as their attributes. What kind of length a chunk has says the first
 * letter of its name.
 */
public final class VersionedChunks {
  /** A value that lies in its record: an empty one, too. */
  public static final char INLINE = 'v';

  /** At most one block of 4 KiB. */
  public static final char BLOCK = 'b';

  /** Several blocks. */
  public static final char BLOCKS = 'm';

  /** Several slices, each with a checksum of its own. */
  public static final char SLICES = 's';

  private static final int MOST_FILLING_BYTES = 40;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private VersionedChunks() {}

  /** How long the chunk is. */
  public static int lengthOf(ChunkKey key, long version) {
    long chance = mix(seedOf(key, version));
    return switch (key.toString().charAt(0)) {
      case INLINE -> within(chance, 0, 512);
      case BLOCK -> within(chance, 513, 4096);
      case BLOCKS -> within(chance, 4097, 64 << 10);
      case SLICES -> within(chance, (4 << 20) + 1, 6 << 20);
      default -> throw new IllegalArgumentException("no kind of chunk: " + key);
    };
  }

  /** The chunk. */
  public static Chunk chunk(ChunkKey key, long version) {
    byte[] bytes = bytesOf(key, version);
    return Chunk.builder(key, ChunkLayout.blob(bytes.length))
        .payload(MemorySegment.ofArray(bytes))
        .attributes(attributesOf(key, version))
        .build();
  }

  /** The version that a chunk says it has. */
  public static long versionOf(Attributes attributes) {
    byte[] bytes = attributes.toBytes();
    return bytes.length < Long.BYTES ? -1 : ByteBuffer.wrap(bytes).getLong();
  }

  /** Whether everything about a chunk is as it was put. */
  public static boolean isWhole(RestoredChunk chunk) {
    return isWhole(chunk.key(), chunk.layout(), chunk.attributes(), chunk.segment());
  }

  /** Whether everything about a chunk is as it was put; reads its bytes by copying them. */
  public static boolean isWhole(
      ChunkKey key, ChunkLayout layout, Attributes attributes, MemorySegment bytes) {
    long version = versionOf(attributes);
    int length = lengthOf(key, version);
    if (!attributes.equals(attributesOf(key, version))
        || !layout.equals(ChunkLayout.blob(length))
        || bytes.byteSize() != length) {
      return false;
    }
    byte[] found = new byte[length];
    MemorySegment.ofArray(found).copyFrom(bytes);
    return differsAt(found, key, version) == length;
  }

  private static byte[] bytesOf(ChunkKey key, long version) {
    int length = lengthOf(key, version);
    byte[] bytes = new byte[length];
    long seed = seedOf(key, version);
    int words = length / Long.BYTES;
    for (int word = 0; word < words; word++) {
      WORD.set(bytes, word * Long.BYTES, wordOf(seed, word));
    }
    for (int at = words * Long.BYTES; at < length; at++) {
      bytes[at] = restOf(seed, at);
    }
    return bytes;
  }

  /** Where bytes are not those of the chunk; their length if they are. */
  private static int differsAt(byte[] found, ChunkKey key, long version) {
    long seed = seedOf(key, version);
    int words = found.length / Long.BYTES;
    for (int word = 0; word < words; word++) {
      if ((long) WORD.get(found, word * Long.BYTES) != wordOf(seed, word)) {
        return word * Long.BYTES;
      }
    }
    int at = words * Long.BYTES;
    while (at < found.length && found[at] == restOf(seed, at)) {
      at++;
    }
    return at;
  }

  private static long wordOf(long seed, int word) {
    long state = seed + word * 0x9E3779B97F4A7C15L;
    return state ^ state >>> 29;
  }

  private static byte restOf(long seed, int at) {
    return (byte) (seed + at);
  }

  private static Attributes attributesOf(ChunkKey key, long version) {
    int filling = within(mix(version), 0, MOST_FILLING_BYTES);
    byte[] bytes = new byte[Long.BYTES + filling];
    Arrays.fill(bytes, (byte) seedOf(key, version));
    ByteBuffer.wrap(bytes).putLong(version);
    return Attributes.of(bytes);
  }

  private static long seedOf(ChunkKey key, long version) {
    return mix(key.hashCode() * 0xD6E8FEB86659FD93L + version);
  }

  private static int within(long chance, int least, int most) {
    return least + (int) Long.remainderUnsigned(chance, most - least + 1L);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** One of several values. */
  @SafeVarargs
  public static <T> T oneOf(RandomGenerator chance, T... values) {
    return values[chance.nextInt(values.length)];
  }
}
