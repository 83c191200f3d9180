package io.daxflux.examples.longdocqa.engine;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.examples.engine.KvRoute;
import io.daxflux.examples.engine.Timeline;
import io.daxflux.examples.lmcache.SerialRestore;
import io.daxflux.examples.lmcache.Slots;
import io.daxflux.examples.lmcache.StagedRestore;
import io.daxflux.examples.longdocqa.Document;
import io.daxflux.examples.longdocqa.OpenStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * LMCache's ways to restore, over the very bytes that the store restores: their index holds the
 * chunks where they lie, and each is lent for as long as this is open.
 */
final class Rivals implements AutoCloseable {
  private final List<BorrowedPrefix> lent = new ArrayList<>();
  private final SerialRestore serial;
  private final StagedRestore staged;

  Rivals(OpenStore open, List<Document> documents, int workers) {
    Slots slots = new Slots(open.device().memory());
    long chunkBytes = 0;
    for (Document document : documents) {
      BorrowedPrefix prefix = open.store().borrowPrefix(document.keys()).block();
      lent.add(prefix);
      document.expectAll(document.chunks(), prefix.chunks().size());
      for (int i = 0; i < document.chunks(); i++) {
        MemorySegment bytes = prefix.chunks().get(i).segment();
        slots.add(document.keys().get(i), bytes);
        chunkBytes = bytes.byteSize();
      }
    }
    serial = new SerialRestore(slots);
    staged = new StagedRestore(slots, workers, StagedRestore.defaultSlabBytes(chunkBytes, workers));
  }

  KvRoute serial(List<MemorySegment> outputs) {
    return new CopyRoute(this::restoreSerially, outputs);
  }

  private void restoreSerially(
      List<ChunkKey> keys, List<MemorySegment> outputs, Timeline timeline) {
    for (int i = 0; i < keys.size(); i++) {
      serial.restore(keys.get(i), outputs.get(i));
      timeline.arrived();
    }
  }

  KvRoute staged(List<MemorySegment> outputs) {
    return new CopyRoute(this::restoreStaged, outputs);
  }

  private void restoreStaged(List<ChunkKey> keys, List<MemorySegment> outputs, Timeline timeline) {
    staged.restore(keys, outputs);
    keys.forEach(_ -> timeline.arrived());
  }

  @Override
  public void close() {
    staged.close();
    lent.forEach(BorrowedPrefix::close);
  }
}
