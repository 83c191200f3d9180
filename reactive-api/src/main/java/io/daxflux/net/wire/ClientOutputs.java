package io.daxflux.net.wire;

import io.daxflux.buffer.BufferPool;
import io.daxflux.buffer.Output;
import io.daxflux.device.Device;
import io.daxflux.reactive.outcome.OutputBudgetException;
import io.daxflux.reactive.outcome.StoreStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory that chunks are received into, and the streams that wait for some of it, first come
 * first served. On the client's event loop, but for what says otherwise.
 */
final class ClientOutputs {
  private final Device memory;
  private final BufferPool pool;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int handles;

  /** Over all of this memory, which stays its owner's. */
  ClientOutputs(Device memory, int blockBytes) {
    this.memory = memory;
    this.pool = new BufferPool(memory.memory(), blockBytes);
  }

  /** One output; null where there is none. */
  @Nullable Output allocate(long bytes) {
    List<Output> one = pool.allocate(new long[] {bytes});
    return one == null ? null : one.getFirst();
  }

  /**
   * Outputs for a whole batch.
   *
   * @throws OutputBudgetException where they do not fit now
   */
  List<Output> allocateAll(long[] bytes) {
    List<Output> batch = pool.allocate(bytes);
    if (batch == null) {
      throw new OutputBudgetException(
          Arrays.stream(bytes).map(pool::footprint).sum(),
          pool.freeBytes(),
          pool.largestRunBytes(),
          pool.capacityBytes());
    }
    return batch;
  }

  /** Takes one back, and lets whoever waits for memory try again. */
  void free(Output output, LongConsumer owner) {
    pool.free(output);
    owner.accept(pool.footprint(output.bytes()));
    Runnable first = waiting.peek();
    if (first != null) {
      first.run();
    }
  }

  long footprint(long bytes) {
    return pool.footprint(bytes);
  }

  long capacityBytes() {
    return pool.capacityBytes();
  }

  /** What is out. */
  long takenBytes() {
    return pool.capacityBytes() - pool.freeBytes();
  }

  // --- Waiting

  /** Runs when memory came back and it is its turn, until it leaves. */
  void await(Runnable waiter) {
    waiting.add(waiter);
  }

  void leave(Runnable waiter) {
    if (waiting.remove(waiter)) {
      Runnable first = waiting.peek();
      if (first != null) {
        first.run();
      }
    }
  }

  /** Whether nobody has waited longer. */
  boolean isNext(Runnable waiter) {
    Runnable first = waiting.peek();
    return first == null || first.equals(waiter);
  }

  // --- Bytes, any thread

  /** The bytes of an output. Valid while it is owned. */
  MemorySegment segment(Output output) {
    return pool.segment(output);
  }

  /** The bytes of an output, for reading until this lifetime has ended. */
  MemorySegment lend(Output output, Arena lifetime) {
    return memory.lend(output.offset(), output.bytes(), lifetime).asReadOnly();
  }

  // --- Numbers

  void handedOut() {
    handles++;
  }

  void tookBack() {
    handles--;
  }

  int handles() {
    return handles;
  }

  StoreStatus.Outputs figures() {
    return new StoreStatus.Outputs(
        pool.capacityBytes(), pool.freeBytes(), pool.largestRunBytes(), pool.outputs());
  }
}
