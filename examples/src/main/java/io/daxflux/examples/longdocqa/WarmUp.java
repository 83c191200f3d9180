package io.daxflux.examples.longdocqa;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.VerifyPolicy;
import java.util.List;

/**
 * Takes every path often enough that all of its code is compiled, as it is in a server that has
 * been up for a minute: over a store of its own, in which a document is restored within
 * microseconds. A few documents of the real size would be measured before the compiler woke up.
 */
final class WarmUp {
  /** Together enough for the work to be shared by several workers. */
  private static final int MOST_CHUNKS = 32;

  private static final int CHUNK_BYTES = 32 << 10;

  private WarmUp() {}

  static void run(Document example, StoreOptions storing, QueryOptions queries, Progress progress) {
    List<Document> small = List.of(example.miniature(MOST_CHUNKS, CHUNK_BYTES));
    Room room = Room.inMemory(small, storing.blockBytes, queries.maxInflightRequests);
    // First reads compare checksums, later ones do not: both are measured.
    for (VerifyPolicy verify : List.of(VerifyPolicy.ALWAYS, VerifyPolicy.NEVER)) {
      DaxfluxConfig config = storing.builder(room).verify(verify).build();
      try (OpenStore open = OpenStore.open(room, config)) {
        new StoreRound(open.store(), Progress.none()).run(small);
        try (QueryRound round =
            new QueryRound(
                open.store(), config.restoreWorkers(), queries, small, progress, new Verifier())) {
          round.warmUp(queries.warmup.dividedBy(2));
        }
        open.expectQuiet();
      }
    }
  }
}
