package io.daxflux.net.resp;

import java.util.Arrays;

/**
 * Redis's patterns of bytes: {@code *} stands for any bytes, {@code ?} for one, {@code [a-c]} for
 * one of those, {@code [^a-c]} for one of the others, and a backslash takes the meaning away from
 * what follows. Immutable.
 *
 * <p>A pattern that is cut off means what Redis takes it for: a class without its bracket ends with
 * the pattern, and a backslash at the end is a backslash.
 *
 * <p>Follows all ways through the pattern at once, a bit for each place in it: a byte of the text
 * takes as long whatever came before it, so that no pattern takes long. Place {@code i} is reached
 * where the text so far is as the first {@code i} elements say.
 */
final class Glob {
  private static final int BYTES = 256;

  /** Elements that stand for one byte. */
  private final int elements;

  /** For each byte, which elements stand for it; the bit of element {@code i} is that place's. */
  private final long[][] taking = new long[BYTES][];

  /** Places in front of which there is a star. */
  private final long[] stars;

  Glob(byte[] pattern) {
    int words = pattern.length / Long.SIZE + 1;
    Arrays.setAll(taking, _ -> new long[words]);
    stars = new long[words];
    int element = 0;
    int in = 0;
    while (in < pattern.length) {
      if (pattern[in] == '*') {
        set(stars, element);
        in++;
      } else {
        GlobElement next = new GlobElement(pattern, in);
        for (int value = 0; value < BYTES; value++) {
          if (next.standsFor(value)) {
            set(taking[value], element);
          }
        }
        element++;
        in = next.end();
      }
    }
    elements = element;
  }

  private static void set(long[] bits, int at) {
    bits[at / Long.SIZE] |= 1L << at;
  }

  /** How many steps it takes for a byte of text. */
  int stepsPerByte() {
    return elements / Long.SIZE + 1;
  }

  /** Whether all of the text is as the pattern says. */
  boolean matches(byte[] text) {
    int steps = stepsPerByte();
    long[] reached = new long[steps];
    reached[0] = 1;
    for (byte value : text) {
      long[] takes = taking[value & 0xff];
      long carry = 0;
      for (int i = 0; i < steps; i++) {
        long here = reached[i];
        long moved = here & takes[i];
        reached[i] = (moved << 1) | carry | (here & stars[i]);
        carry = moved >>> (Long.SIZE - 1);
      }
    }
    return ((reached[elements / Long.SIZE] >>> elements) & 1) != 0;
  }
}
