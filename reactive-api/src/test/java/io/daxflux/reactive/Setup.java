package io.daxflux.reactive;

import io.daxflux.config.CopyEngine;
import io.daxflux.config.RestoreMode;
import io.daxflux.device.NativeCopy;
import java.util.Arrays;
import java.util.stream.Stream;

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
  REMOTE(Arena.MEMORY, RestoreMode.DIRECT),
  DEVDAX_DIRECT(Arena.DEVDAX, RestoreMode.DIRECT),
  DEVDAX_STAGED(Arena.DEVDAX, RestoreMode.STAGED);

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

  /**
   * All that need nothing special; or those on real device-dax and no others, where one is named.
   */
  static Stream<Setup> all() {
    boolean devdax = StoreSpec.DEVDAX != null;
    return Arrays.stream(values()).filter(setup -> (setup.arena == Arena.DEVDAX) == devdax);
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
    ODD,
    /** A device-dax character device in units of {@link Chunks#BLOCK}, overwritten each time. */
    DEVDAX
  }
}
