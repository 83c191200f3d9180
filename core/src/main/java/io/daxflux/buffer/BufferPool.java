package io.daxflux.buffer;

import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Divides one mapping among the outputs of restores. A batch is all or nothing, and lies in one run
 * where one is free, so that what is adjacent in the arena is adjacent here and one copy moves it.
 *
 * <h2>Thread-safety</h2>
 *
 * None: one thread allocates and frees. The memory itself is written and read by others, who own
 * the outputs meanwhile.
 */
public final class BufferPool {
  private final MemorySegment memory;
  private final int blockBytes;
  private final ExtentSpace<Extent> space;
  private int outputs;

  /**
   * A pool over this memory, which stays its owner's and must outlive every output.
   *
   * @param blockBytes the unit of space; the same as the arena's, so that spans match
   */
  public BufferPool(MemorySegment memory, int blockBytes) {
    this.memory = memory;
    this.blockBytes = blockBytes;
    this.space = ExtentSpace.of(memory.byteSize() / blockBytes);
  }

  /**
   * Takes outputs of these lengths, in as few runs as there can be.
   *
   * @param bytes the length of each output
   * @return the outputs in that order, or null where they do not fit: then nothing was taken
   */
  public @Nullable List<Output> allocate(long[] bytes) {
    List<Extent> extents = Arrays.stream(bytes).mapToObj(this::extentFor).toList();
    if (!space.allocateAll(extents)) {
      return null;
    }
    List<Output> batch = new ArrayList<>(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      Extent extent = extents.get(i);
      batch.add(new Output(extent, extent.firstBlock() * blockBytes, bytes[i]));
    }
    outputs += batch.size();
    return batch;
  }

  /** Gives an output back. */
  public void free(Output output) {
    space.free(output.extent);
    outputs--;
  }

  /** The bytes of an output. Valid while it is owned; after that they are somebody else's. */
  public MemorySegment segment(Output output) {
    return memory.asSlice(output.offset(), output.bytes());
  }

  /** All of the pool's memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** What an output of this length takes, in whole blocks. */
  public long footprint(long bytes) {
    return blocksOf(bytes) * blockBytes;
  }

  /** How many bytes there are in all. */
  public long capacityBytes() {
    return space.blocks() * blockBytes;
  }

  /** How many bytes nobody owns. */
  public long freeBytes() {
    return space.freeBlocks() * blockBytes;
  }

  /** The longest free run, in bytes. */
  public long largestRunBytes() {
    return space.largestRun() * blockBytes;
  }

  /** How many outputs are out. */
  public int outputs() {
    return outputs;
  }

  private Extent extentFor(long bytes) {
    return new Extent(blocksOf(bytes));
  }

  private long blocksOf(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, (long) blockBytes));
  }
}
