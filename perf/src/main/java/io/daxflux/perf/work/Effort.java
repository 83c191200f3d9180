package io.daxflux.perf.work;

import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.race.Pace;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param visitBytes how much is copied in a turn at least: more than the caches of two cores hold
 */
public record Effort(String name, long visitBytes, Pace pace) {
  /** Below three minutes in all. */
  public static final Effort QUICK =
      new Effort(
          "quick", 128L << 20, new Pace(Duration.ofMillis(200), 7, 3, Duration.ofSeconds(4)));

  /** Below thirty. */
  public static final Effort FULL =
      new Effort(
          "full", 320L << 20, new Pace(Duration.ofMillis(400), 11, 7, Duration.ofSeconds(15)));

  /** Chunks so large that a document of them is turn enough, and a long one. */
  private static final long LARGE_BYTES = 32L << 20;

  private static final int LEAST_ROUNDS_OF_LARGE = 5;

  /** For races of these chunks. */
  Pace pace(ChunkSize chunk) {
    return chunk.bytes() < LARGE_BYTES
        ? pace
        : new Pace(
            pace.warmUp(),
            pace.rounds(),
            Math.min(pace.leastRounds(), LEAST_ROUNDS_OF_LARGE),
            pace.atMost());
  }

  /** For races that only choose. */
  Pace choosing() {
    int rounds = isFull() ? 2 : 1;
    return new Pace(Duration.ZERO, rounds, rounds, Duration.ZERO);
  }

  /** Whether everything is measured. */
  public boolean isFull() {
    return equals(FULL);
  }

  /** Documents for a turn that are together hardly longer than that, however large chunks are. */
  List<Document> shortDocuments(ChunkSize chunk) {
    int chunks = Math.clamp(visitBytes / 2 / chunk.bytes(), 1, Document.CHUNKS);
    return Document.several((int) Math.ceilDiv(visitBytes, chunks * chunk.bytes()), chunks, chunk);
  }

  /** As many documents as make a turn; shorter ones where the whole is not wanted. */
  List<Document> documents(ChunkSize chunk) {
    int chunks =
        isFull() ? Document.CHUNKS : Math.clamp(2 * visitBytes / chunk.bytes(), 1, Document.CHUNKS);
    return Document.several(
        (int) Math.max(1, Math.ceilDiv(visitBytes, chunks * chunk.bytes())), chunks, chunk);
  }
}
