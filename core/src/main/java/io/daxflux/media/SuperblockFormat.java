package io.daxflux.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Where the fields of a superblock lie, in bytes from its start. All numbers are little-endian.
 * Magic, version, generation and checksum stay where they are in every version of the format.
 *
 * <pre>
 *     0  magic           8   "DAXFLUX\0"
 *     8  version         4
 *    12  superblock      4   bytes of it
 *    16  identity       16   random, of this format of the device
 *    32  generation      8   how often it was opened for writing
 *    40  device          8   bytes of it
 *    48  block           4   bytes of one
 *    52  unit            4   bytes of one
 *    56  record offset   8
 *    64  record units    8
 *    72  payload offset  8
 *    80  payload blocks  8
 *    88  created         8   milliseconds of the epoch
 *    96  state           4   1 open, 2 closed cleanly
 *   100  zero            4
 *   104  compatible      8   features that need not be known
 *   112  incompatible    8   features that must be known
 *   120  zero         3972
 *  4092  checksum        4   CRC32C of all before it
 * </pre>
 */
final class SuperblockFormat {
  static final long MAGIC = word("DAXFLUX\0");
  static final int VERSION_1 = 1;
  static final int BYTES = 4096;

  /** Where the two superblocks lie on the device. */
  static final long[] OFFSETS = {0, 64L << 10};

  static final int VERSION = 8;
  static final int LENGTH = 12;
  static final int IDENTITY_HIGH = 16;
  static final int IDENTITY_LOW = 24;
  static final int GENERATION = 32;
  static final int DEVICE_BYTES = 40;
  static final int BLOCK_BYTES = 48;
  static final int UNIT_BYTES = 52;
  static final int RECORD_OFFSET = 56;
  static final int RECORD_UNITS = 64;
  static final int PAYLOAD_OFFSET = 72;
  static final int PAYLOAD_BLOCKS = 80;
  static final int CREATED = 88;
  static final int STATE = 96;
  static final int COMPATIBLE = 104;
  static final int INCOMPATIBLE = 112;
  static final int CHECKSUM = 4092;

  static final int OPEN = 1;
  static final int CLOSED = 2;

  /** The features of this format's first version that a reader must know: none. */
  static final long KNOWN_INCOMPATIBLE = 0;

  private SuperblockFormat() {}

  /** Eight characters as the word that they are on the device. */
  static long word(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }
}
