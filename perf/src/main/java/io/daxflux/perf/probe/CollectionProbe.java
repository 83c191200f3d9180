package io.daxflux.perf.probe;

import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Outputs;
import io.daxflux.perf.ground.ScratchFolder;
import java.util.List;

/**
 * Fills an arena, restores all of it, holds what was restored, and has the heap collected: how long
 * that stops everybody, the JVM writes into its log.
 */
public final class CollectionProbe {
  /** What it says at its end. */
  public static final String DONE = "collected";

  /** How large the chunks are. */
  public static final ChunkSize CHUNK = ChunkSize.MIB_1;

  /** Arenas are a multiple of it. */
  public static final long DOCUMENT_BYTES = 128L << 20;

  private static final int WORKERS = 2;
  private static final int FULL_COLLECTIONS = 11;
  private static final int GARBAGE_BYTES = 1000;
  private static final int SURVIVORS = 10_000;
  private static final long ALL_GARBAGE_BYTES = 1L << 30;

  /** Is written, so that the allocations cannot be left out. */
  private static final byte[][] RECENT = new byte[SURVIVORS][];

  private CollectionProbe() {}

  /** With an arena that holds so many bytes, and output memory for as many. */
  public static void main(String[] args) {
    int count = Math.toIntExact(Long.parseLong(args[0]) / DOCUMENT_BYTES);
    List<Document> documents =
        Document.several(count, Math.toIntExact(DOCUMENT_BYTES / CHUNK.bytes()), CHUNK);
    List<Ask> all = documents.stream().map(Ask::whole).toList();
    try (ScratchFolder folder = new ScratchFolder();
        Ground ground = new Ground(folder, documents, Arrangement.CONTIGUOUS, WORKERS);
        Outputs _ = Outputs.hold(ground.store(), all)) {
      for (int i = 0; i < FULL_COLLECTIONS; i++) {
        System.gc();
      }
      for (int i = 0; i < ALL_GARBAGE_BYTES / GARBAGE_BYTES; i++) {
        RECENT[i % SURVIVORS] = new byte[GARBAGE_BYTES];
      }
    }
    System.out.println(DONE);
  }
}
