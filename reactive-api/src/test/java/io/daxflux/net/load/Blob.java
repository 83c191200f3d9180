package io.daxflux.net.load;

import io.daxflux.net.lm.LmBytes;
import java.util.Arrays;
import java.util.Random;

/**
 * A value and its key, which is one in every protocol. The bytes follow from the number, so that
 * whoever reads it knows what it has to be.
 *
 * @param number which of all it is
 */
public record Blob(int number) {
  /** How many there are: more than the arena that they are put into has room for. */
  private static final int COUNT = 600;

  private static final int MOST_BYTES = 60_000;
  private static final byte[] NOISE = new byte[MOST_BYTES + COUNT];

  static {
    new Random(1).nextBytes(NOISE);
  }

  /** Any of them. */
  static Blob any(Random random) {
    return new Blob(random.nextInt(COUNT));
  }

  public String key() {
    return LmBytes.key(Integer.toHexString(1 + number));
  }

  /** Small ones, too, which lie in their records. */
  public int length() {
    return number % 10 == 0 ? 1 + number / 10 : 1 + number * 7919 % MOST_BYTES;
  }

  public byte[] bytes() {
    return bytes(length());
  }

  /** The first of its bytes. */
  public byte[] bytes(int most) {
    return Arrays.copyOfRange(NOISE, number, number + most);
  }
}
