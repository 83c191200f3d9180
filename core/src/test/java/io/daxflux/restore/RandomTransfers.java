package io.daxflux.restore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Random requests: chunks of odd and even sizes, side by side or scattered, in and out of order,
 * spread over several runs of memory.
 */
final class RandomTransfers {
  private final Random random;

  RandomTransfers(Random random) {
    this.random = random;
  }

  /** Disjoint on both sides; offsets start at 0. */
  List<Transfer> next(int mostChunks, long mostChunkBytes) {
    int chunks = 1 + random.nextInt(mostChunks);
    long unitBytes = random.nextBoolean() ? 1 : 512;
    double fragmentation = random.nextInt(3) / 4.0;
    List<Transfer> transfers = new ArrayList<>();
    long arenaEnd = 0;
    int memory = 0;
    long memoryEnd = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int runs = random.nextInt(8) == 0 ? 3 : 1; runs > 0; runs--) {
        if (random.nextDouble() < fragmentation) {
          arenaEnd += 1 + random.nextInt(5000);
        }
        if (random.nextDouble() < fragmentation) {
          memoryEnd += 1 + random.nextInt(100);
        }
        if (random.nextDouble() < fragmentation / 4) {
          memory++; // at times with the offset at which the one before ends
          memoryEnd = random.nextBoolean() ? memoryEnd : 0;
        }
        long bytes = Math.max(1, scaled(mostChunkBytes) / unitBytes) * unitBytes;
        transfers.add(new Transfer(chunk, arenaEnd, memory, memoryEnd, bytes));
        arenaEnd += bytes;
        memoryEnd += bytes;
      }
    }
    return random.nextBoolean() ? transfers : chunksReordered(transfers, chunks);
  }

  /** Between a byte and the most, small and large alike often. */
  private long scaled(long most) {
    return random.nextLong(Math.max(1, most >> random.nextInt(16)));
  }

  /** The same bytes, requested in another order: only the ordinals and the list's order change. */
  private List<Transfer> chunksReordered(List<Transfer> transfers, int chunks) {
    List<List<Transfer>> byChunk = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      int ordinal = chunk;
      byChunk.add(transfers.stream().filter(transfer -> transfer.chunk() == ordinal).toList());
    }
    Collections.shuffle(byChunk, random);
    List<Transfer> reordered = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (Transfer t : byChunk.get(chunk)) {
        reordered.add(
            new Transfer(chunk, t.arenaOffset(), t.memory(), t.memoryOffset(), t.bytes()));
      }
    }
    return reordered;
  }
}
