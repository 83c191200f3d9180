package io.daxflux.media;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** Records to write: plain ones, and any there can be. */
final class Records {
  private Records() {}

  /** A chunk of whole payload at a block. */
  static ChunkRecord at(String key, long firstBlock, long bytes, long sequence) {
    return record(key, ChunkLayout.blob(bytes), firstBlock, 1, sequence, 0, 0);
  }

  static ChunkRecord inline(String key, int bytes, long sequence) {
    return record(key, ChunkLayout.blob(bytes), ChunkRecord.INLINE, 1, sequence, 0, 0);
  }

  static ChunkRecord record(
      String key,
      ChunkLayout layout,
      long firstBlock,
      long generation,
      long sequence,
      long lastUse,
      long expiresAtMs) {
    return new ChunkRecord(
        ChunkKey.of(key),
        layout,
        Attributes.NONE,
        firstBlock,
        generation,
        sequence,
        lastUse,
        expiresAtMs,
        SliceSums.NONE);
  }

  static ChunkRecord withLastUse(ChunkRecord record, long lastUse) {
    return new ChunkRecord(
        record.key(),
        record.layout(),
        record.attributes(),
        record.firstBlock(),
        record.generation(),
        record.sequence(),
        lastUse,
        record.expiresAtMs(),
        record.sums());
  }

  /** Any record whose payload fits so many blocks of this length. */
  static ChunkRecord any(Random random, long blocks, int blockBytes) {
    boolean inline = random.nextInt(4) == 0;
    long mostBytes = inline ? ChunkRecord.MOST_INLINE_BYTES : blocks * blockBytes;
    ChunkLayout layout = anyLayout(random, mostBytes);
    long bytes = layout.bytes();
    inline |= bytes == 0;
    long needed = (bytes + blockBytes - 1) / blockBytes;
    return new ChunkRecord(
        anyKey(random),
        layout,
        Attributes.of(bytes(random, random.nextBoolean() ? 0 : random.nextInt(257))),
        inline ? ChunkRecord.INLINE : random.nextLong(blocks - needed + 1),
        random.nextLong(1L << random.nextInt(1, 62)),
        random.nextLong(1L << random.nextInt(1, 62)),
        random.nextLong(ChunkRecord.MOST_LAST_USE + 1),
        random.nextBoolean() ? 0 : random.nextLong(1L << 47, 1L << 48),
        random.nextBoolean() ? SliceSums.NONE : anySums(random, bytes));
  }

  static ChunkKey anyKey(Random random) {
    int length = random.nextInt(20) == 0 ? ChunkKey.MAX_BYTES : 1 + random.nextInt(200);
    return ChunkKey.of(bytes(random, length));
  }

  static SliceSums anySums(Random random, long bytes) {
    return SliceSums.of(random.ints(PayloadSlices.count(bytes)).toArray());
  }

  /** 1 to 16 tensors of at most so many bytes; now and then of none. */
  static ChunkLayout anyLayout(Random random, long mostBytes) {
    List<TensorLayout> tensors = new ArrayList<>();
    long left = Math.min(mostBytes, ChunkLayout.MAX_BYTES);
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(16) : 1;
    for (int i = 0; i < count; i++) {
      DType dtype = DType.values()[random.nextInt(DType.values().length)];
      KvFormat format = KvFormat.values()[random.nextInt(KvFormat.values().length)];
      List<Long> shape = new ArrayList<>();
      long elements = left / dtype.bytes();
      int dimensions = 1 + random.nextInt(8);
      for (int dimension = 0; dimension < dimensions; dimension++) {
        boolean last = dimension == dimensions - 1;
        long size = last ? random.nextLong(elements + 1) : 1 + random.nextInt(3);
        shape.add(Math.min(size, elements));
        elements = elements == 0 ? 0 : elements / Math.max(1, shape.getLast());
      }
      TensorLayout tensor = new TensorLayout(dtype, format, shape);
      tensors.add(tensor);
      left -= tensor.bytes();
    }
    return new ChunkLayout(tensors);
  }

  /** The sums of a payload, by the definition. */
  static SliceSums sumsOf(byte[] payload) {
    int slice = (int) PayloadSlices.bytes(payload.length);
    int[] sums = new int[PayloadSlices.count(payload.length)];
    for (int i = 0; i < sums.length; i++) {
      CRC32C sum = new CRC32C();
      sum.update(payload, i * slice, Math.min(slice, payload.length - i * slice));
      sums[i] = (int) sum.getValue();
    }
    return SliceSums.of(sums);
  }

  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
