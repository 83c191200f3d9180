package io.daxflux.perf.ground;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PutOutcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Puts documents into an empty store, so that they lie as they are to lie. */
final class Filling {
  private static final long AT_A_TIME_BYTES = 64L << 20;

  private final ReactiveChunkStore store;
  private final ChunkLayout filler;
  private final List<Chunk> batch = new ArrayList<>();
  private @Nullable ChunkKey last;
  private int fillers;

  /**
   * @param fillerBytes the length of what lies between fragments
   */
  Filling(ReactiveChunkStore store, int fillerBytes) {
    this.store = store;
    this.filler = ChunkLayout.blob(fillerBytes);
  }

  private record Place(Document document, int index) {}

  void put(List<Document> documents, Arrangement arrangement) {
    List<Place> places = new ArrayList<>();
    for (Document document : documents) {
      for (int index = 0; index < document.keys().size(); index++) {
        places.add(new Place(document, index));
      }
    }
    if (arrangement == Arrangement.FRAGMENTED) {
      Collections.shuffle(places, new Random(1));
    }
    ChunkLayout layout = documents.getFirst().chunk().layout();
    int atATime = (int) Math.max(1, AT_A_TIME_BYTES / layout.bytes());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment payloads = arena.allocate(atATime * layout.bytes(), 64);
      MemorySegment nothing = arena.allocate(filler.bytes());
      for (int i = 0; i < places.size(); i++) {
        Place place = places.get(i);
        MemorySegment bytes = payloads.asSlice(i % atATime * layout.bytes(), layout.bytes());
        place.document.payload(place.index).write(bytes);
        add(place.document.keys().get(place.index), layout, bytes);
        if (arrangement == Arrangement.FRAGMENTED) {
          add(ChunkKey.of("filler-" + fillers++), filler, nothing);
        }
        if ((i + 1) % atATime == 0) {
          flush();
        }
      }
      flush();
    }
  }

  private void add(ChunkKey key, ChunkLayout layout, MemorySegment bytes) {
    batch.add(Chunk.builder(key, layout).payload(bytes).after(last).build());
    last = key;
  }

  private void flush() {
    for (PutOutcome outcome : store.putAll(batch, PutMode.KEEP_EXISTING).collectList().block()) {
      if (!(outcome instanceof PutOutcome.Stored)) {
        throw new IllegalStateException("expected a chunk stored, found " + outcome);
      }
    }
    batch.clear();
  }
}
