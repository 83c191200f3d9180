package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PutOutcome;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The warm-up round: puts every document, some chunks at a time, for the payload takes memory too.
 * Only the puts are timed, not the making of the bytes.
 */
final class StoreRound {
  private static final long PAYLOAD_BYTES = 256L << 20;

  private final ReactiveChunkStore store;
  private final Progress progress;
  private long putNs;
  private int chunks;
  private long bytes;
  private int chunksFound;

  StoreRound(ReactiveChunkStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * What it took.
   *
   * @param chunksFound how many were there already, of an earlier run
   * @param gigabytesPerSecond 10^9 bytes a second
   */
  record Stored(
      int chunksFound, int chunks, long bytes, double putSeconds, double gigabytesPerSecond) {}

  Stored run(List<Document> documents) {
    Document any = documents.getFirst();
    long payloadBytes =
        Math.max(any.layouts().getFirst().bytes(), Math.min(PAYLOAD_BYTES, any.bytes()));
    // Memory off the heap, and out of reach of the limit on direct buffers.
    try (Device payload =
        Devices.open(DeviceOptions.of(DeviceOptions.MEMORY).withBytes(payloadBytes))) {
      documents.forEach(document -> put(document, payload.memory()));
    }
    double gigabytesPerSecond = chunks == 0 ? 0 : (double) bytes / putNs;
    return new Stored(chunksFound, chunks, bytes, putNs / 1e9, gigabytesPerSecond);
  }

  private void put(Document document, MemorySegment payload) {
    int found = store.prefixLength(document.keys()).block();
    chunksFound += found;
    progress.step("storing", found);
    for (int from = found; from < document.chunks(); ) {
      List<MemorySegment> payloads = divide(payload, document, from);
      List<Chunk> batch = fill(document, from, payloads);
      long startNs = System.nanoTime();
      List<PutOutcome> outcomes = store.putAll(batch, PutMode.KEEP_EXISTING).collectList().block();
      putNs += System.nanoTime() - startNs;
      for (PutOutcome outcome : outcomes) {
        if (!outcome.isKept()) {
          throw new RunFailure("put, document " + document.number() + ": " + outcome);
        }
      }
      for (Chunk chunk : batch) {
        bytes += chunk.layout().bytes();
      }
      from += batch.size();
      chunks += batch.size();
      progress.step("storing", batch.size());
    }
  }

  /** Room for as many chunks, from this one on, as the payload memory holds. */
  private static List<MemorySegment> divide(MemorySegment payload, Document document, int from) {
    List<MemorySegment> payloads = new ArrayList<>();
    long offset = 0;
    for (ChunkLayout layout : document.layouts().subList(from, document.chunks())) {
      if (offset + layout.bytes() > payload.byteSize()) {
        break;
      }
      payloads.add(payload.asSlice(offset, layout.bytes()));
      offset += layout.bytes();
    }
    return payloads;
  }

  private static List<Chunk> fill(Document document, int from, List<MemorySegment> payloads) {
    List<ChunkKey> keys = document.keys();
    Piece.of(payloads).parallelStream()
        .forEach(
            piece ->
                new KvBytes(keys.get(from + piece.chunk()))
                    .write(payloads.get(piece.chunk()), piece));
    List<Chunk> chunks = new ArrayList<>(payloads.size());
    for (int i = 0; i < payloads.size(); i++) {
      int number = from + i;
      chunks.add(
          Chunk.builder(keys.get(number), document.layouts().get(number))
              .payload(payloads.get(i))
              .after(number == 0 ? null : keys.get(number - 1))
              .build());
    }
    return chunks;
  }
}
