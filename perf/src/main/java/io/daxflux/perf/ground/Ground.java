package io.daxflux.perf.ground;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The ground on which contenders meet: documents in an arena on a file in shared memory, or in the
 * process's own, all of it touched, and a store over it. Whoever needs no store of its own reads
 * the very bytes that the store reads, and writes to the pages that the store's restores write to
 * ({@link Outputs}).
 */
public final class Ground implements AutoCloseable {
  /** The store's default. */
  public static final int BLOCK_BYTES = 64 << 10;

  private final List<Document> documents;
  private final int workers;
  private final Place place;
  private final Supplier<ConfigBuilder> base;
  private final Device device;
  private final ReactiveChunkStore store;
  private final Map<ChunkKey, MemorySegment> sources = new HashMap<>();
  private final List<ReactiveChunkStore> twins = new ArrayList<>();

  /** Opens a store and puts the documents into it. All of them fit into its output memory. */
  public Ground(
      ScratchFolder folder, List<Document> documents, Arrangement arrangement, int workers) {
    this(folder, documents, arrangement, workers, documents.size(), UnaryOperator.identity());
  }

  /**
   * Opens a store and puts the documents into it.
   *
   * @param folder where its file is made
   * @param workers how many threads of the store copy
   * @param outputDocuments how many documents fit into its output memory
   * @param options what else is configured
   */
  public Ground(
      ScratchFolder folder,
      List<Document> documents,
      Arrangement arrangement,
      int workers,
      int outputDocuments,
      UnaryOperator<ConfigBuilder> options) {
    this(Place.fileIn(folder), documents, arrangement, workers, outputDocuments, options);
  }

  /** The same in the process's own memory; contiguous, and all fit into the output memory. */
  public static Ground inMemory(
      List<Document> documents, int workers, UnaryOperator<ConfigBuilder> options) {
    return new Ground(
        Place.MEMORY, documents, Arrangement.CONTIGUOUS, workers, documents.size(), options);
  }

  private Ground(
      Place place,
      List<Document> documents,
      Arrangement arrangement,
      int workers,
      int outputDocuments,
      UnaryOperator<ConfigBuilder> options) {
    this.place = place;
    this.documents = documents;
    this.workers = workers;
    long footprintBytes = documents.stream().mapToLong(Ground::footprintBytes).sum();
    long fillerBytes =
        arrangement == Arrangement.FRAGMENTED
            ? documents.stream().mapToLong(document -> document.keys().size()).sum() * BLOCK_BYTES
            : 0;
    // Some more than the chunks, for their records.
    long deviceBytes = (footprintBytes + fillerBytes) * 33 / 32 + (16L << 20);
    base =
        () ->
            DaxfluxConfig.builder()
                .devicePath(place.device)
                .deviceBytes(deviceBytes)
                .outputBudgetBytes(footprintBytes / documents.size() * outputDocuments)
                .blockBytes(BLOCK_BYTES)
                .lockMemory(false)
                .restoreWorkers(workers);
    DaxfluxConfig config = options.apply(base.get().format(FormatPolicy.ALWAYS)).build();
    device =
        Devices.open(
            DeviceOptions.of(config.devicePath())
                .withBytes(deviceBytes)
                .withHugePages(config.hugePages()));
    store = ReactiveChunkStore.builder(config).device(() -> device).open().block();
    try {
      device.prefaulted().toCompletableFuture().join();
      new Filling(store, BLOCK_BYTES).put(documents, arrangement);
      documents.forEach(this::findSources);
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  /** Where an arena is. */
  private record Place(String device, @Nullable Path file) {
    static final Place MEMORY = new Place(DaxfluxConfig.MEMORY, null);
    private static final AtomicInteger FILES = new AtomicInteger();

    static Place fileIn(ScratchFolder folder) {
      Path file = folder.resolve("arena-" + FILES.getAndIncrement());
      return new Place(file.toString(), file);
    }

    void clear() {
      if (file != null) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException refused) {
          throw new UncheckedIOException(refused);
        }
      }
    }
  }

  private static long footprintBytes(Document document) {
    return document.keys().size()
        * Math.ceilDiv(document.chunk().bytes(), (long) BLOCK_BYTES)
        * BLOCK_BYTES;
  }

  private void findSources(Document document) {
    try (BorrowedPrefix prefix = store.borrowPrefix(document.keys()).block()) {
      if (prefix.chunks().size() != document.keys().size()) {
        throw new IllegalStateException(
            "document "
                + document.number()
                + ": expected "
                + document.keys().size()
                + " chunks stored, found "
                + prefix.chunks().size());
      }
      prefix
          .chunks()
          .forEach(
              chunk -> {
                long offset = chunk.segment().address() - device.memory().address();
                sources.put(
                    chunk.key(), device.memory().asSlice(offset, chunk.segment().byteSize()));
              });
    }
  }

  /** What is stored. */
  public List<Document> documents() {
    return documents;
  }

  /** How many threads of the store copy. */
  public int workers() {
    return workers;
  }

  /** The store over the arena. */
  public ReactiveChunkStore store() {
    return store;
  }

  /**
   * A second store over the same bytes, which finds the chunks that are there; with output memory
   * of its own. For reading, and until the first of the two stores writes. Closed with the ground.
   */
  public ReactiveChunkStore twin(UnaryOperator<ConfigBuilder> options) {
    DaxfluxConfig config = options.apply(base.get().format(FormatPolicy.NEVER)).build();
    ReactiveChunkStore twin =
        ReactiveChunkStore.builder(config).device(() -> new SharedDevice(device)).open().block();
    twins.add(twin);
    return twin;
  }

  /** Where the chunks of a request lie in the arena. */
  public List<MemorySegment> sources(Ask ask) {
    return ask.keys().stream().map(sources::get).toList();
  }

  /** The memory that all sources lie in. */
  public MemorySegment arena() {
    return device.memory();
  }

  @Override
  public void close() {
    twins.forEach(twin -> twin.close().block());
    store.close().block();
    place.clear();
  }
}
