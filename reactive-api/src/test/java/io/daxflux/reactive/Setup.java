package io.daxflux.reactive;

import io.daxflux.config.CopyEngine;
import io.daxflux.config.RestoreMode;
import io.daxflux.device.NativeCopy;

/** What every contract holds over: a kind of device, and a way of restoring from it. */
public enum Setup {
  FILE_DIRECT(Arena.FILE, RestoreMode.DIRECT),
  FILE_STAGED(Arena.FILE, RestoreMode.STAGED),
  MEMORY_DIRECT(Arena.MEMORY, RestoreMode.DIRECT),
  MEMORY_STAGED(Arena.MEMORY, RestoreMode.STAGED),
  MEMORY_NATIVE(Arena.MEMORY, RestoreMode.DIRECT, CopyEngine.NATIVE),
  ODD_DIRECT(Arena.ODD, RestoreMode.DIRECT),
  ODD_STAGED(Arena.ODD, RestoreMode.STAGED),
  /** In front of another one of this process, over the loopback address. */
  REMOTE(Arena.MEMORY, RestoreMode.DIRECT);

  private final Arena arena;
  private final RestoreMode mode;
  private final CopyEngine engine;

  Setup(Arena arena, RestoreMode mode) {
    this(arena, mode, CopyEngine.JVM);
  }

  Setup(Arena arena, RestoreMode mode, CopyEngine engine) {
    this.arena = arena;
    this.mode = mode;
    this.engine = engine;
  }

  Arena arena() {
    return arena;
  }

  RestoreMode mode() {
    return mode;
  }

  /** What copies; the virtual machine where no native helper was built. */
  CopyEngine engine() {
    return NativeCopy.offer() instanceof NativeCopy.Offer.Available ? engine : CopyEngine.JVM;
  }

  /** Whether the store is asked over a connection. */
  public boolean isRemote() {
    return this == REMOTE;
  }

  /** What the arena lies on. */
  enum Arena {
    /** A file, in memory where the machine has a file system for that. */
    FILE,
    /** Anonymous memory. */
    MEMORY,
    /** A device of a length that no block and no page divides, at an address of that sort. */
    ODD
  }
}
