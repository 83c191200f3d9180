package io.daxflux.reactive.session;

import io.daxflux.buffer.BufferPool;
import io.daxflux.buffer.Output;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that restores copy to, and those who wait for some of it. Confined to the store's
 * thread, except {@link #segment}.
 */
final class OutputMemory {
  /** A window never takes more of it than this share, so that others find some. */
  private static final int WINDOWS = 4;

  private final BufferPool pool;
  private final List<MemorySegment> segments;
  private final OutputWaiters waiters = new OutputWaiters();

  OutputMemory(BufferPool pool) {
    this.pool = pool;
    this.segments = List.of(pool.memory());
  }

  /** All of it, as the only segment of spans that lead here. */
  List<MemorySegment> segments() {
    return segments;
  }

  /** Outputs of these lengths as one batch; null where they do not fit. */
  @Nullable List<Output> allocate(long[] bytes) {
    return pool.allocate(bytes);
  }

  /**
   * Outputs for as many of these lengths, from the first, as can be had.
   *
   * @return null where there is not even one
   */
  @Nullable List<Output> allocateLongest(long[] bytes) {
    int count = fitting(bytes);
    while (count > 0) {
      List<Output> batch = pool.allocate(Arrays.copyOf(bytes, count));
      if (batch != null) {
        return batch;
      }
      // Enough is free, but in pieces that are too short for some of them.
      count -= Math.max(1, count / 4);
    }
    return null;
  }

  private int fitting(long[] bytes) {
    long free = pool.freeBytes();
    int count = 0;
    while (count < bytes.length && (free -= pool.footprint(bytes[count])) >= 0) {
      count++;
    }
    return count;
  }

  /** Takes an output back, and lets those try again who wait for memory. */
  void free(Output output, OutputOwner owner) {
    pool.free(output);
    owner.outputFreed(pool.footprint(output.bytes()));
    waiters.wake();
  }

  /** The bytes of an output. Valid while it is owned. Any thread. */
  MemorySegment segment(Output output) {
    return pool.segment(output);
  }

  OutputWaiters waiters() {
    return waiters;
  }

  long windowBytes() {
    return pool.capacityBytes() / WINDOWS;
  }

  long footprint(long bytes) {
    return pool.footprint(bytes);
  }

  long capacityBytes() {
    return pool.capacityBytes();
  }

  long freeBytes() {
    return pool.freeBytes();
  }

  long largestRunBytes() {
    return pool.largestRunBytes();
  }

  /** How many outputs are out. */
  int outputs() {
    return pool.outputs();
  }
}
