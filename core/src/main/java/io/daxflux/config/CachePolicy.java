package io.daxflux.config;

/** Which entry makes room when the arena is full. */
public enum CachePolicy {
  /** The one used longest ago. */
  LRU,
  /** The one stored longest ago. */
  FIFO,
  /** The one used least often, and among those the one used longest ago. */
  LFU,
  /** The one used most recently. */
  MRU,
  /**
   * By three queues: new entries pass a small one, entries used again move to the main one, and
   * keys that were dropped early and come back go straight there.
   */
  S3_FIFO
}
