package io.daxflux.config;

/** Whether a device is formatted when it is opened, which gives up whatever it holds. */
public enum FormatPolicy {
  /**
   * Only a device that is empty: its first 4 MiB are zero. One that holds a store is used as it is,
   * one that holds anything else is refused.
   */
  IF_EMPTY,
  /** It is not: a device that holds no store is refused. */
  NEVER,
  /** It is, whatever it holds, and each time it is opened. */
  ALWAYS
}
