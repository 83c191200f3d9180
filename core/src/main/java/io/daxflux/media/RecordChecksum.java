package io.daxflux.media;

import java.util.zip.CRC32C;

/**
 * The checksum of a record's fields: of all from its length on, with zeros in place of the expiry,
 * which is rewritten in place and has a check of its own. Not thread-safe.
 */
final class RecordChecksum {
  private static final byte[] NO_EXPIRY = new byte[Long.BYTES];

  private final CRC32C checksum = new CRC32C();

  /**
   * Of a record.
   *
   * @param at where it starts
   * @param length its length, at least that of the fixed fields
   */
  int of(byte[] bytes, int at, int length) {
    int behindExpiry = RecordFormat.EXPIRY + Long.BYTES;
    checksum.reset();
    checksum.update(bytes, at + RecordFormat.CHECKED, RecordFormat.EXPIRY - RecordFormat.CHECKED);
    checksum.update(NO_EXPIRY);
    checksum.update(bytes, at + behindExpiry, length - behindExpiry);
    return (int) checksum.getValue();
  }
}
