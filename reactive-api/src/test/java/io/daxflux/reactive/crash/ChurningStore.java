package io.daxflux.reactive.crash;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * A process that opens a store and changes it as fast as it can, until it is killed. It says each
 * change before it asks for it, and what it was told; {@link Ledger} reads that.
 *
 * <p>Waits for a line {@code seed path bytes format version} before it opens anything, so that the
 * one who kills it need not wait for a virtual machine to start; a second line makes it close.
 */
final class ChurningStore {
  private final Report report = new Report(System.out);
  private final long firstVersion;
  private final long seed;
  private final ReactiveChunkStore store;

  private ChurningStore(ReactiveChunkStore store, long firstVersion, long seed) {
    this.store = store;
    this.firstVersion = firstVersion;
    this.seed = seed;
  }

  public static void main(String[] arguments) throws Exception {
    var commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
    Random chance = new Random(Long.parseLong(arguments[0]));
    warmUp(chance);
    Report report = new Report(System.out);
    report.phase(Report.READY);
    String[] order = commands.readLine().split(" ");
    long seed = Long.parseLong(order[0]);
    DaxfluxConfig config =
        CrashStores.config(
            order[1], Long.parseLong(order[2]), FormatPolicy.valueOf(order[3]), new Random(seed));
    report.phase(Report.OPENING);
    ReactiveChunkStore store = open(config);
    report.phase(Report.OPENED);
    ChurningStore churning = new ChurningStore(store, Long.parseLong(order[4]), seed);
    churning.begin();
    commands.readLine();
    report.phase(Report.CLOSING);
    store.close().block(CrashStores.SOON);
    report.phase(Report.CLOSED);
    commands.readLine();
  }

  /** One thread delivers, so that what is reported has an order. */
  private static ReactiveChunkStore open(DaxfluxConfig config) {
    return ReactiveChunkStore.builder(config)
        .deliverOn(Schedulers.newSingle("delivery", true))
        .open()
        .block(CrashStores.SOON);
  }

  /** Loads the classes that an opening needs: it is to take milliseconds, as it does in life. */
  private static void warmUp(Random chance) {
    DaxfluxConfig config =
        CrashStores.config(DaxfluxConfig.MEMORY, 1 << 20, FormatPolicy.IF_EMPTY, chance);
    ReactiveChunkStore store = open(config);
    store.put(VersionedChunks.chunk(ChunkKey.of("v"), 1)).block(CrashStores.SOON);
    store.close().block(CrashStores.SOON);
  }

  private void begin() throws InterruptedException {
    CountDownLatch listening = new CountDownLatch(1);
    store.events().doOnSubscribe(_ -> listening.countDown()).subscribe(this::happened);
    listening.await();
    for (int writer = 0; writer < Universe.WRITERS; writer++) {
      int number = writer;
      Thread.ofPlatform().daemon().start(() -> new Writer(number).run());
    }
  }

  private void happened(StoreEvent event) {
    report.event(event.getClass().getSimpleName(), event.key());
  }

  /** Changes its own keys, one request after the other. */
  private final class Writer {
    private final List<ChunkKey> keys;
    private final Random chance;

    /** What it was told last of a key; 0 for absent. */
    private final Map<ChunkKey, Long> known = new HashMap<>();

    private long version = firstVersion;

    Writer(int number) {
      this.keys = Universe.of(number);
      this.chance = new Random(seed + number);
    }

    void run() {
      try {
        while (true) {
          switch (chance.nextInt(8)) {
            case 0 -> remove();
            case 1 -> read();
            default -> put();
          }
        }
      } catch (ClosedException closed) {
        // Whoever writes is the last to hear of it.
      }
    }

    private void put() {
      PutMode mode = chance.nextInt(4) == 0 ? PutMode.KEEP_EXISTING : PutMode.REPLACE;
      List<Chunk> chunks = new ArrayList<>();
      for (ChunkKey key : someKeys()) {
        Chunk chunk = VersionedChunks.chunk(key, ++version);
        chunks.add(chunk);
        report.putting(key, version);
      }
      Flux<PutOutcome> puts =
          chance.nextInt(4) == 0
              ? store.putAll(Flux.fromIterable(chunks), mode)
              : store.putAll(chunks, mode);
      puts.doOnNext(this::wasPut).blockLast(CrashStores.SOON);
      for (Chunk chunk : chunks) {
        known.remove(chunk.key());
      }
    }

    private void wasPut(PutOutcome outcome) {
      report.put(outcome.key(), outcome instanceof PutOutcome.Stored);
    }

    private void remove() {
      ChunkKey key = keys.get(chance.nextInt(keys.size()));
      report.removing(key);
      store.remove(key).doOnNext(_ -> report.removed(key)).block(CrashStores.SOON);
      known.put(key, 0L);
    }

    /** What is served is whole, and no other version than it was before. */
    private void read() {
      List<ChunkKey> asked = someKeys();
      try (RestoredBatch batch = store.restoreAll(asked).block(CrashStores.SOON)) {
        for (RestoredChunk chunk : batch.hits()) {
          long found = VersionedChunks.versionOf(chunk.attributes());
          Long before = known.put(chunk.key(), found);
          if (!VersionedChunks.isWhole(chunk) || (before != null && before != found)) {
            report.wrong(chunk.key() + " was served as " + found + ", and was " + before);
          }
        }
      }
    }

    private List<ChunkKey> someKeys() {
      ChunkKey last = keys.getLast();
      if (chance.nextInt(30) == 0) {
        return List.of(last);
      }
      List<ChunkKey> some = new ArrayList<>();
      for (int i = chance.nextInt(8); i >= 0; i--) {
        ChunkKey key = keys.get(chance.nextInt(keys.size() - 1));
        if (!some.contains(key)) {
          some.add(key);
        }
      }
      Collections.shuffle(some, chance);
      return some;
    }
  }
}
