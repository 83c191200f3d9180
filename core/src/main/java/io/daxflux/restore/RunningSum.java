package io.daxflux.restore;

/** The CRC32C of the bytes that were gone over since it was last taken. */
interface RunningSum {
  /** The sum; the next one starts with nothing. */
  int take();
}
