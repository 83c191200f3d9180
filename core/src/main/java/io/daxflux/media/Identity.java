package io.daxflux.media;

import java.util.UUID;

/**
 * What tells one format of a device from all others: 128 random bits, in every superblock and every
 * record. Records of an earlier format are foreign by it, so formatting need not clear them.
 */
record Identity(long high, long low) {
  static Identity random() {
    UUID random = UUID.randomUUID();
    return new Identity(random.getMostSignificantBits(), random.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return new UUID(high, low).toString();
  }
}
