package io.daxflux.reactive.session;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Checks memory that callers bring: threads of the store's are to read and write it. */
public final class CallersMemory {
  /** A thread that is never started: what it may access, any thread may. */
  private static final Thread ANY_THREAD =
      Thread.ofPlatform().inheritInheritableThreadLocals(false).unstarted(() -> {});

  private CallersMemory() {}

  /**
   * A copy of the list of outputs for so many keys.
   *
   * @throws IllegalArgumentException where there are more or fewer, or one cannot be written
   */
  public static List<MemorySegment> outputs(List<MemorySegment> outputs, int keys) {
    if (outputs.size() != keys) {
      throw new IllegalArgumentException(
          "outputs: expected one for each of the " + keys + " keys, found " + outputs.size());
    }
    for (MemorySegment output : outputs) {
      if (output.isReadOnly() || !output.isAccessibleBy(ANY_THREAD)) {
        throw new IllegalArgumentException(
            "outputs: expected writable memory that any thread may access, found " + output);
      }
    }
    return List.copyOf(outputs);
  }

  /**
   * Checks a part of a put.
   *
   * @throws IllegalArgumentException where only one thread may read it
   */
  static void requireReadable(MemorySegment part) {
    if (!part.isAccessibleBy(ANY_THREAD)) {
      throw new IllegalArgumentException(
          "part: expected memory that any thread may read (heap, or a shared, automatic or global"
              + " arena), found a confined arena's");
    }
  }
}
