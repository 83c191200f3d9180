package io.daxflux.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One of the two places for a superblock, and what lies there.
 *
 * @param index 0 or 1
 * @param generation of a superblock that is whole; 0 otherwise
 * @param superblock what it says, where this program understands it
 * @param found what lies there, in words
 */
record Slot(
    int index, State state, long generation, @Nullable Superblock superblock, String found) {

  enum State {
    /** A whole superblock that this program understands. */
    VALID,
    /** A whole one of an earlier version. */
    OLDER_VERSION,
    /** A whole one of a later version. */
    NEWER_VERSION,
    /** A whole one of a store that uses unknown features. */
    UNKNOWN_FEATURE,
    /** It begins as one, and its checksum is wrong. */
    DAMAGED,
    /** Its checksum is right, and its fields cannot be. */
    UNSOUND,
    /** Something else, nothing, or the device ends before. */
    NONE,
    /** The memory faults. */
    UNREADABLE
  }

  static Slot read(MediaMemory memory, int index) {
    long offset = SuperblockFormat.OFFSETS[index];
    byte[] bytes = new byte[SuperblockFormat.BYTES];
    if (memory.device().bytes() < offset + bytes.length) {
      return without(index, State.NONE, "no superblock");
    }
    if (!memory.tryRead(offset, bytes, 0, bytes.length)) {
      return without(index, State.UNREADABLE, "a memory fault");
    }
    return of(index, bytes);
  }

  private static Slot of(int index, byte[] bytes) {
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (fields.getLong(0) != SuperblockFormat.MAGIC) {
      return without(index, State.NONE, "no superblock");
    }
    if (fields.getInt(SuperblockFormat.CHECKSUM) != Superblock.checksum(bytes)) {
      return without(index, State.DAMAGED, "a damaged superblock");
    }
    long generation = fields.getLong(SuperblockFormat.GENERATION);
    int version = fields.getInt(SuperblockFormat.VERSION);
    if (version != SuperblockFormat.VERSION_1) {
      boolean newer = Integer.compareUnsigned(version, SuperblockFormat.VERSION_1) > 0;
      return new Slot(
          index,
          newer ? State.NEWER_VERSION : State.OLDER_VERSION,
          generation,
          null,
          "version " + Integer.toUnsignedString(version));
    }
    long unknown =
        fields.getLong(SuperblockFormat.INCOMPATIBLE) & ~SuperblockFormat.KNOWN_INCOMPATIBLE;
    if (unknown != 0) {
      return new Slot(
          index,
          State.UNKNOWN_FEATURE,
          generation,
          null,
          "features 0x" + Long.toHexString(unknown));
    }
    Superblock superblock = Superblock.decode(fields);
    if (generation < 1
        || !superblock.geometry().isSound()
        || fields.getInt(SuperblockFormat.LENGTH) != SuperblockFormat.BYTES
        || fields.getInt(SuperblockFormat.UNIT_BYTES) != MediaGeometry.UNIT_BYTES) {
      return without(index, State.UNSOUND, "a superblock that contradicts itself");
    }
    return new Slot(
        index, State.VALID, generation, superblock, "a store, generation " + generation);
  }

  /** A place where this superblock was written. */
  static Slot of(int index, Superblock superblock) {
    return of(index, superblock.encode());
  }

  private static Slot without(int index, State state, String found) {
    return new Slot(index, state, 0, null, found);
  }

  /** Whether it can decide what the device holds. */
  boolean isWhole() {
    return switch (state) {
      case VALID, OLDER_VERSION, NEWER_VERSION, UNKNOWN_FEATURE -> true;
      case DAMAGED, UNSOUND, NONE, UNREADABLE -> false;
    };
  }

  /** Whether it is a whole one that says that the store was closed in order. */
  boolean saysClosed() {
    return superblock != null && superblock.closed();
  }

  /** Where it lies. */
  long offset() {
    return SuperblockFormat.OFFSETS[index];
  }
}
