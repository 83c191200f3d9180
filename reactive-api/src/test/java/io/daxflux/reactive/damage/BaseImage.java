package io.daxflux.reactive.damage;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SharedThreads;
import io.daxflux.reactive.crash.VersionedChunks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small store's file before anything happens to it.
 *
 * @param bytes all of it
 * @param content the version of every chunk that is in it
 */
record BaseImage(byte[] bytes, Map<ChunkKey, Long> content) {
  static final int PAYLOAD_OFFSET = 2 << 20;
  static final int PAYLOAD_BYTES = 96 * Chunks.BLOCK;
  static final int DEVICE_BYTES = PAYLOAD_OFFSET + PAYLOAD_BYTES;

  /** Every key that is ever put. */
  static final List<ChunkKey> KEYS = keys();

  private static List<ChunkKey> keys() {
    List<ChunkKey> keys = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      keys.add(ChunkKey.of(VersionedChunks.INLINE + "" + i));
    }
    for (int i = 0; i < 16; i++) {
      keys.add(ChunkKey.of(VersionedChunks.BLOCK + "" + i));
    }
    for (int i = 0; i < 5; i++) {
      keys.add(ChunkKey.of(VersionedChunks.BLOCKS + "" + i));
    }
    return List.copyOf(keys);
  }

  /**
   * Makes one: everything is put, some of it replaced, some removed.
   *
   * @param closed whether the store was closed in order, and not killed
   * @param formats how often the device was formatted before
   */
  static BaseImage make(SharedThreads threads, Path file, boolean closed, int formats)
      throws IOException {
    Map<ChunkKey, Long> content = new HashMap<>();
    for (int format = 0; format < formats; format++) {
      DaxfluxConfig config =
          DamageCase.config(file).format(FormatPolicy.ALWAYS).deviceBytes(DEVICE_BYTES).build();
      ReactiveChunkStore store = threads.builder(config, null).open().block(Chunks.SOON);
      content.clear();
      fill(store, content, 100 * format);
      if (closed) {
        store.close().block(Chunks.SOON);
      }
      if (format == formats - 1) {
        byte[] bytes = Files.readAllBytes(file);
        store.close().block(Chunks.SOON);
        return new BaseImage(bytes, Map.copyOf(content));
      }
      store.close().block(Chunks.SOON);
    }
    throw new IllegalArgumentException("formats: expected at least 1, found " + formats);
  }

  private static void fill(ReactiveChunkStore store, Map<ChunkKey, Long> content, long version) {
    put(store, content, KEYS, version + 1);
    put(store, content, KEYS.subList(5, 12), version + 2);
    put(store, content, KEYS.subList(30, 36), version + 3);
    for (int i = 0; i < KEYS.size(); i += 9) {
      store.remove(KEYS.get(i)).block(Chunks.SOON);
      content.remove(KEYS.get(i));
    }
  }

  private static void put(
      ReactiveChunkStore store, Map<ChunkKey, Long> content, List<ChunkKey> keys, long version) {
    List<Chunk> chunks = new ArrayList<>();
    for (ChunkKey key : keys) {
      chunks.add(VersionedChunks.chunk(key, version));
      content.put(key, version);
    }
    boolean allKept =
        store.putAll(chunks, PutMode.REPLACE).all(outcome -> outcome.isKept()).block(Chunks.SOON);
    if (!allKept || store.status().block(Chunks.SOON).counters().evicted() > 0) {
      throw new IllegalStateException("expected room for all, found none");
    }
  }
}
