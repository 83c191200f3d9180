package io.daxflux.restore;

import io.daxflux.checksum.SliceSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Random requests for chunks of which some are checked: side by side or apart, each in one piece or
 * in many that do not end where slices end.
 */
final class CheckedTransfers {
  private final Random random;
  private final double checkedShare;

  CheckedTransfers(Random random, double checkedShare) {
    this.random = random;
    this.checkedShare = checkedShare;
  }

  /** Disjoint on both sides; all in memory 0; offsets start at 0. Sums are not known. */
  List<Transfer> next(int mostChunks, long mostChunkBytes) {
    List<Transfer> transfers = new ArrayList<>();
    int chunks = 1 + random.nextInt(mostChunks);
    int unit = random.nextBoolean() ? 1 : 512;
    boolean apart = random.nextBoolean();
    long arenaEnd = 0;
    long memoryEnd = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      long most = Math.max(1, (mostChunkBytes >> random.nextInt(12)) / unit);
      long bytes = (1 + random.nextLong(most)) * unit;
      arenaEnd += apart ? random.nextInt(5_000) : 0;
      CheckedPayload payload =
          random.nextDouble() < checkedShare ? CheckedPayload.unsummed(arenaEnd, bytes) : null;
      int pieces = random.nextBoolean() ? 1 : 1 + random.nextInt(9);
      for (long rest = bytes; rest > 0; pieces--) {
        long piece = pieces <= 1 ? rest : 1 + random.nextLong(rest);
        memoryEnd += apart ? random.nextInt(100) : 0;
        transfers.add(new Transfer(chunk, arenaEnd, 0, memoryEnd, piece, payload));
        arenaEnd += piece;
        memoryEnd += piece;
        rest -= piece;
      }
    }
    return transfers;
  }

  /** The same transfers, with these sums for each checked payload. */
  static List<Transfer> expecting(
      List<Transfer> transfers, UnaryOperator<CheckedPayload> withSums) {
    return transfers.stream()
        .map(
            t ->
                t.checked() == null
                    ? t
                    : new Transfer(
                        t.chunk(),
                        t.arenaOffset(),
                        t.memory(),
                        t.memoryOffset(),
                        t.bytes(),
                        withSums.apply(t.checked())))
        .toList();
  }

  /** The same payload, with these sums. */
  static CheckedPayload summed(CheckedPayload payload, SliceSums sums) {
    return new CheckedPayload(payload.arenaOffset(), payload.bytes(), sums);
  }
}
