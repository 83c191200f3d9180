package io.daxflux.examples.engine.gguf;

import java.nio.ByteBuffer;

/**
 * The weights, made from seed, tensor and position alone: the same on every machine and JDK.
 *
 * <p>Uniform, with the variance that keeps activations as large as they come in, so that the logits
 * are neither all alike nor out of range.
 */
final class RandomWeights {
  private final long state;
  private final float reach;
  private final boolean norm;
  private long next;

  RandomWeights(long seed, Tensor tensor) {
    long mixed = seed;
    for (int i = 0; i < tensor.name().length(); i++) {
      mixed = mix(mixed + tensor.name().charAt(i));
    }
    this.state = mixed;
    this.norm = tensor.isNorm();
    this.reach = norm ? 0.1f : (float) Math.sqrt(3.0 / tensor.columns());
  }

  /** Writes so many elements more. */
  void write(ByteBuffer out, int elements) {
    for (int i = 0; i < elements; i++) {
      // 24 bits, as many as a float holds: from -1 to 1
      float unit = (mix(state + next++) >>> 40) * 0x1p-23f - 1;
      if (norm) {
        out.putFloat(1 + unit * reach);
      } else {
        out.putShort(Float.floatToFloat16(unit * reach));
      }
    }
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
