package io.daxflux.reactive.damage;

import io.daxflux.reactive.Chunks;
import java.util.Arrays;
import java.util.Random;

/**
 * What may happen to the bytes of a file: it knows where superblocks, records and payload lie, and
 * does most where most is.
 */
final class Damage {
  private static final int SUPERBLOCK = 4096;
  private static final int SUPERBLOCK_B = 64 << 10;
  private static final int RECORDS = 128 << 10;
  private static final int UNIT = 256;

  /** Records lie at the start of their area. */
  private static final int USED_RECORDS = 40 << 10;

  private final byte[] bytes;
  private final byte[] other;
  private final Random chance;
  private final StringBuilder story = new StringBuilder();
  private boolean single;

  /**
   * @param other another store's bytes
   */
  Damage(byte[] bytes, byte[] other, Random chance) {
    this.bytes = bytes;
    this.other = other;
    this.chance = chance;
  }

  /** A part of a file, and how long a block is that has its place there. */
  private record Part(int from, int length, int block) {
    int anywhere(Random chance) {
      return from + chance.nextInt(length);
    }

    int someBlock(Random chance) {
      return from + chance.nextInt(length / block) * block;
    }
  }

  /** Does it; {@link #story} says what. */
  void strike() {
    int times = chance.nextBoolean() ? 1 : 2 + chance.nextInt(6);
    for (int i = 0; i < times; i++) {
      strike(part());
    }
    single &= times == 1;
  }

  private Part part() {
    return switch (chance.nextInt(20)) {
      case 0 -> new Part(0, SUPERBLOCK, SUPERBLOCK);
      case 1 -> new Part(SUPERBLOCK_B, SUPERBLOCK, SUPERBLOCK);
      case 2 -> new Part(0, bytes.length, Chunks.BLOCK);
      case 3, 4, 5, 6, 7, 8, 9, 10, 11 -> new Part(RECORDS, USED_RECORDS, UNIT);
      case 12 -> new Part(RECORDS, BaseImage.PAYLOAD_OFFSET - RECORDS, UNIT);
      default -> new Part(BaseImage.PAYLOAD_OFFSET, BaseImage.PAYLOAD_BYTES, Chunks.BLOCK);
    };
  }

  private void strike(Part part) {
    switch (chance.nextInt(10)) {
      case 0, 1, 2 -> {
        flip(part.anywhere(chance));
        single = true;
      }
      case 3 -> flipSeveral(part);
      case 4 -> garbage(part);
      case 5 -> fill(part);
      case 6 -> swap(part.someBlock(chance), part.someBlock(chance), part.block);
      case 7 -> copy(bytes, part.someBlock(chance), part.someBlock(chance), part.block);
      case 8 -> superblocks(part);
      default -> strange(part);
    }
  }

  private void flip(int at) {
    int bit = chance.nextInt(8);
    bytes[at] ^= (byte) (1 << bit);
    tell("bit %d of byte %d flipped", bit, at);
  }

  private void flipSeveral(Part part) {
    int at = part.anywhere(chance);
    for (int i = 2 + chance.nextInt(20); i > 0; i--) {
      flip(Math.min(at + chance.nextInt(64), bytes.length - 1));
    }
  }

  private void garbage(Part part) {
    int from = part.anywhere(chance);
    int length = Math.min(1 + chance.nextInt(3000), bytes.length - from);
    byte[] garbage = new byte[length];
    chance.nextBytes(garbage);
    System.arraycopy(garbage, 0, bytes, from, length);
    tell("%d bytes of garbage at %d", length, from);
  }

  /** Zeros, as of memory that was never written, or ones, as of memory that was erased. */
  private void fill(Part part) {
    byte value = (byte) (chance.nextInt(3) == 0 ? -1 : 0);
    int length = chance.nextBoolean() ? 64 : part.block;
    int from = part.someBlock(chance) + chance.nextInt(part.block / length) * length;
    Arrays.fill(bytes, from, from + length, value);
    tell("%d bytes of %d at %d", length, value, from);
  }

  private void swap(int one, int two, int length) {
    byte[] kept = Arrays.copyOfRange(bytes, one, one + length);
    System.arraycopy(bytes, two, bytes, one, length);
    System.arraycopy(kept, 0, bytes, two, length);
    tell("%d bytes at %d and %d swapped", length, one, two);
  }

  private void copy(byte[] from, int source, int target, int length) {
    System.arraycopy(from, source, bytes, target, length);
    tell("%d bytes at %d copied to %d", length, source, target);
  }

  private void superblocks(Part part) {
    switch (chance.nextInt(3)) {
      case 0 -> swap(0, SUPERBLOCK_B, SUPERBLOCK);
      case 1 -> copy(bytes, 0, SUPERBLOCK_B, SUPERBLOCK);
      default -> copy(bytes, SUPERBLOCK_B, 0, SUPERBLOCK);
    }
    if (chance.nextBoolean()) {
      flip(part.anywhere(chance));
    }
  }

  /** Records and payload of another store, which has chunks of the same names. */
  private void strange(Part part) {
    if (part.from < RECORDS) {
      garbage(part);
      return;
    }
    int length = part.block * (1 + chance.nextInt(8));
    int most = part.from + part.length - length;
    int source = Math.min(part.someBlock(chance), most);
    int target = chance.nextBoolean() ? source : Math.min(part.someBlock(chance), most);
    copy(other, source, target, length);
    tell("(of another store)");
  }

  private void tell(String what, Object... details) {
    if (!story.isEmpty()) {
      story.append("; ");
    }
    story.append(what.formatted(details));
  }

  /** Whether a single bit was flipped, and nothing else. */
  boolean isSingleBit() {
    return single && story.indexOf(";") < 0;
  }

  String story() {
    return story.toString();
  }
}
