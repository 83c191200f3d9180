package io.daxflux.media;

import io.daxflux.config.FormatPolicy;

/**
 * How to open a device.
 *
 * @param blockBytes the length of a payload block, a power of two of at least 512
 * @param format whether to format the device
 * @param threads how many threads scan its records, at least 1
 * @param power whether what is written is persisted, so that it survives a loss of power too
 */
public record MediaOptions(int blockBytes, FormatPolicy format, int threads, boolean power) {
  /** Checks the number of threads. */
  public MediaOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
  }
}
