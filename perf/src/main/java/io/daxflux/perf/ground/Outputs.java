package io.daxflux.perf.ground;

import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The output memory of the store itself, held and cleared: for those who copy by themselves, and so
 * write to the very pages that the store's restores write to. Cleared also before the store's own
 * turn, so that nobody passes with the bytes of somebody else.
 */
public final class Outputs implements AutoCloseable {
  private final List<RestoredBatch> batches = new ArrayList<>();
  private final List<List<MemorySegment>> chunks = new ArrayList<>();

  private Outputs() {}

  /** Holds as much as these requests take. */
  public static Outputs hold(ReactiveChunkStore store, List<Ask> asks) {
    Outputs outputs = new Outputs();
    try {
      for (Ask ask : asks) {
        RestoredBatch batch = store.restoreAll(ask.keys()).block();
        outputs.batches.add(batch);
        outputs.chunks.add(segments(batch, ask));
      }
    } catch (RuntimeException | Error failure) {
      outputs.close();
      throw failure;
    }
    outputs.clear();
    return outputs;
  }

  /** What a batch holds, if that is all that was asked for. */
  public static List<MemorySegment> segments(RestoredBatch batch, Ask ask) {
    List<RestoredChunk> hits = batch.hits();
    if (hits.size() != ask.chunks()) {
      throw new IllegalStateException(
          "expected " + ask.chunks() + " chunks, found " + hits.size() + ": " + batch.holes());
    }
    return hits.stream().map(RestoredChunk::segment).toList();
  }

  private void clear() {
    chunks.stream().flatMap(List::stream).parallel().forEach(chunk -> chunk.fill((byte) 0));
  }

  /** The memory for a request's chunks. */
  public List<MemorySegment> chunks(int ask) {
    return chunks.get(ask);
  }

  @Override
  public void close() {
    batches.forEach(RestoredBatch::close);
  }
}
