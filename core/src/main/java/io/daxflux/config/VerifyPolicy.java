package io.daxflux.config;

/** When the bytes of a restored chunk are compared with their checksums. */
public enum VerifyPolicy {
  /** Every time. */
  ALWAYS,
  /** The first time after the device was opened. */
  FIRST_READ,
  /** Never: a restore delivers what the device holds. */
  NEVER
}
