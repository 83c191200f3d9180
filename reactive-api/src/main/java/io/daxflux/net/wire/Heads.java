package io.daxflux.net.wire;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of what stands at the positions of a request, in their order: of each chunk its head, of
 * each miss its reason. A layout that is that of the chunk before takes one byte.
 *
 * <pre>
 *   u32 count, then for each
 *     0  u8 reason                                  a miss
 *     1  layout, attributes, u64 expiry             a chunk
 *     2  attributes, u64 expiry                     a chunk with the layout of the one before
 * </pre>
 */
final class Heads {
  /** How many positions at most go into one frame. */
  static final int MOST_IN_A_FRAME = 256;

  private static final int HOLE = 0;
  private static final int CHUNK = 1;
  private static final int SAME_LAYOUT = 2;

  private Heads() {}

  static void writeBorrowed(ByteBuf to, List<? extends BorrowOutcome> positions) {
    to.writeInt(positions.size());
    ChunkLayout before = null;
    for (BorrowOutcome position : positions) {
      switch (position) {
        case Hole hole -> writeHole(to, hole);
        case BorrowedChunk(_, _, ChunkLayout layout, Attributes attributes, _) -> {
          writeChunk(to, layout, before, attributes, ChunkHead.NEVER);
          before = layout;
        }
      }
    }
  }

  static void writeDescribed(ByteBuf to, List<DescribeOutcome> positions) {
    to.writeInt(positions.size());
    ChunkLayout before = null;
    for (DescribeOutcome position : positions) {
      switch (position) {
        case Hole hole -> writeHole(to, hole);
        case Described(_, ChunkHead head) -> {
          writeChunk(to, head.layout(), before, head.attributes(), head.expiresAtMs());
          before = head.layout();
        }
      }
    }
  }

  private static void writeHole(ByteBuf to, Hole hole) {
    to.writeByte(HOLE);
    Codes.MISS_REASONS.write(to, hole.reason());
  }

  private static void writeChunk(
      ByteBuf to,
      ChunkLayout layout,
      @Nullable ChunkLayout before,
      Attributes attributes,
      long expiresAtMs) {
    if (layout.equals(before)) {
      to.writeByte(SAME_LAYOUT);
    } else {
      to.writeByte(CHUNK);
      Fields.writeLayout(to, layout);
    }
    Fields.writeAttributes(to, attributes);
    to.writeLong(expiresAtMs);
  }

  /** Those that stand from this position on. */
  static List<DescribeOutcome> read(ByteBuf from, List<ChunkKey> keys, int firstIndex) {
    int count = Fields.readCount(from, 2);
    if (count > keys.size() - firstIndex) {
      throw new MalformedException(
          "heads: expected at most " + (keys.size() - firstIndex) + ", found " + count);
    }
    List<DescribeOutcome> positions = new ArrayList<>(count);
    ChunkLayout before = null;
    for (int index = firstIndex; index < firstIndex + count; index++) {
      ChunkKey key = keys.get(index);
      int kind = from.readUnsignedByte();
      if (kind == HOLE) {
        positions.add(new Hole(index, key, Codes.MISS_REASONS.read(from)));
      } else {
        before = readLayout(from, kind, before);
        Attributes attributes = Fields.readAttributes(from);
        positions.add(
            new Described(index, new ChunkHead(key, before, attributes, null, from.readLong())));
      }
    }
    return positions;
  }

  private static ChunkLayout readLayout(ByteBuf from, int kind, @Nullable ChunkLayout before) {
    if (kind == CHUNK) {
      return Fields.readLayout(from);
    }
    if (kind != SAME_LAYOUT || before == null) {
      throw new MalformedException("head: expected a layout, found kind " + kind);
    }
    return before;
  }
}
