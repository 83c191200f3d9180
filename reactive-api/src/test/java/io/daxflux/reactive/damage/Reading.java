package io.daxflux.reactive.damage;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.crash.VersionedChunks;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.RestoreOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Reads a store in every way there is, in any order, and looks at each byte that it serves. */
final class Reading {
  private final ReactiveChunkStore store;
  private final Map<ChunkKey, Long> content;
  private final Set<ChunkKey> seen;
  private final DamageFigures figures;
  private final Random chance;
  private final List<MemorySegment> outputs;

  /**
   * @param content the version that each key may be served as
   * @param outputs memory for every key, each with room for the longest chunk
   * @param seen is told of what is served, and of what is no longer
   */
  Reading(
      ReactiveChunkStore store,
      List<MemorySegment> outputs,
      Map<ChunkKey, Long> content,
      Set<ChunkKey> seen,
      DamageFigures figures,
      Random chance) {
    this.store = store;
    this.outputs = outputs;
    this.content = content;
    this.seen = seen;
    this.figures = figures;
    this.chance = chance;
  }

  void everything() {
    List<Runnable> ways =
        new ArrayList<>(List.of(this::all, this::into, this::prefix, this::borrow));
    Collections.shuffle(ways, chance);
    ways.forEach(Runnable::run);
  }

  private void all() {
    try (RestoredBatch batch = store.restoreAll(BaseImage.KEYS).block(SOON)) {
      for (RestoreOutcome outcome : batch.outcomes()) {
        switch (outcome) {
          case RestoredChunk chunk -> served(chunk);
          case Hole hole -> missed(hole.key(), hole.reason());
        }
      }
    }
  }

  private void into() {
    for (IntoOutcome outcome : store.restoreInto(BaseImage.KEYS, outputs).block(SOON)) {
      switch (outcome) {
        case Filled(int index, ChunkKey key, ChunkLayout layout, Attributes attributes) ->
            served(key, layout, attributes, outputs.get(index).asSlice(0, layout.bytes()));
        case Hole hole -> missed(hole.key(), hole.reason());
      }
    }
  }

  private void prefix() {
    List<ChunkKey> keys = some();
    for (PrefixEvent event : store.explainPrefix(keys).collectList().block(SOON)) {
      switch (event) {
        case RestoredChunk chunk -> {
          try (chunk) {
            served(chunk);
          }
        }
        case PrefixEnd(int restored, _, MissReason miss) -> {
          if (miss != null) {
            missed(keys.get(restored), miss);
          }
        }
      }
    }
  }

  private void borrow() {
    List<ChunkKey> keys = some();
    try (BorrowedPrefix borrowed = store.borrowPrefix(keys).block(SOON)) {
      for (BorrowedChunk chunk : borrowed.chunks()) {
        served(chunk.key(), chunk.layout(), chunk.attributes(), chunk.segment());
      }
    }
  }

  private List<ChunkKey> some() {
    List<ChunkKey> keys = new ArrayList<>(content.keySet());
    Collections.shuffle(keys, chance);
    return keys.subList(0, Math.min(20, keys.size()));
  }

  private void served(RestoredChunk chunk) {
    served(chunk.key(), chunk.layout(), chunk.attributes(), chunk.segment());
  }

  private void served(
      ChunkKey key, ChunkLayout layout, Attributes attributes, MemorySegment segment) {
    figures.served++;
    seen.add(key);
    Long expected = content.get(key);
    if (expected == null
        || expected != VersionedChunks.versionOf(attributes)
        || !VersionedChunks.isWhole(key, layout, attributes, segment)) {
      figures.wrong.add(key + " was served, and not as version " + expected);
    }
  }

  private void missed(ChunkKey key, MissReason reason) {
    if (content.containsKey(key)) {
      figures.missed.merge(reason, 1L, Long::sum);
    }
    if (seen.remove(key)) {
      figures.wrong.add(key + " is missed (" + reason + "), and was served before");
    }
  }
}
