package io.daxflux.config;

/** What a committed chunk is to survive. */
public enum DurabilityPolicy {
  /** The process: however it ends, the chunk is there when the device is opened again. */
  PROCESS,
  /** The power too, where the device can do that: a commit waits until the bytes are down. */
  POWER
}
