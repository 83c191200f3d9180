package io.daxflux.config;

/** What copies between the arena and memory. */
public enum CopyEngine {
  /** The virtual machine, which survives memory that faults. */
  JVM,
  /** The native helper; a memory fault ends the process. */
  NATIVE,
  /** The native helper where it is there and the device cannot fault, else the virtual machine. */
  AUTO
}
