package io.daxflux.reactive.damage;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.config.RestoreMode;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.DeviceException;
import io.daxflux.media.MediaException;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SharedThreads;
import io.daxflux.reactive.crash.VersionedChunks;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreStatus;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A damaged file from its opening to its second closing: it is refused in one line, or else serves
 * nothing but what was put, takes more, and still has that when it is opened again.
 */
final class DamageCase {
  private static final int SCRUB_STEPS = 60;
  private static final long LATER_VERSION = 1000;

  private final SharedThreads threads;
  private final Path file;
  private final DamageFigures figures;
  private final Random chance;
  private final List<MemorySegment> outputs;
  private final Map<ChunkKey, Long> content;

  /** Which of the chunks were seen, and not gone since: they are there after a reopen, too. */
  private final Set<ChunkKey> seen = new HashSet<>();

  DamageCase(
      SharedThreads threads,
      Path file,
      List<MemorySegment> outputs,
      Map<ChunkKey, Long> content,
      DamageFigures figures,
      Random chance) {
    this.threads = threads;
    this.file = file;
    this.outputs = outputs;
    this.content = new HashMap<>(content);
    this.figures = figures;
    this.chance = chance;
  }

  static ConfigBuilder config(Path file) {
    return DaxfluxConfig.builder()
        .devicePath(file.toString())
        .blockBytes(Chunks.BLOCK)
        .outputBudgetBytes(1 << 20)
        .restoreWorkers(2)
        .restoreMaxRegions(2)
        .stagingSlabBytes(8 << 20)
        .closeGrace(Duration.ofSeconds(10))
        .prefault(false)
        .lockMemory(false);
  }

  /**
   * Runs it.
   *
   * @param wholeFile whether the file is opened as long as it is, and not as long as it was
   * @return how many chunks that were put are no longer served; -1 where the file was refused
   */
  int run(boolean wholeFile) throws IOException {
    byte[] before = wholeFile ? Files.readAllBytes(file) : null;
    ReactiveChunkStore store = open(wholeFile, FormatPolicy.IF_EMPTY, null);
    if (store == null) {
      checkUntouched(before);
      if (chance.nextInt(4) == 0) {
        formatAnew();
      }
      return -1;
    }
    int missing;
    try {
      readEverything(store);
      missing = missing(store);
      putMore(store);
      readEverything(store);
    } finally {
      store.close().block(SOON);
    }
    reopen(wholeFile);
    return missing;
  }

  private @Nullable ReactiveChunkStore open(
      boolean wholeFile, FormatPolicy format, @Nullable VirtualTimeScheduler clock) {
    DaxfluxConfig config =
        config(file)
            .deviceBytes(wholeFile ? 0 : BaseImage.DEVICE_BYTES)
            .format(format)
            .restoreMode(VersionedChunks.oneOf(chance, RestoreMode.values()))
            .verify(VersionedChunks.oneOf(chance, VerifyPolicy.ALWAYS, VerifyPolicy.FIRST_READ))
            .scrubBytesPerSecond(clock == null ? 0 : 64 << 20)
            .build();
    try {
      return threads.builder(config, clock).open().block(SOON);
    } catch (MediaException refusal) {
      refused(refusal.reason(), refusal);
    } catch (DeviceException refusal) {
      refused(refusal.reason(), refusal);
    }
    return null;
  }

  private void refused(Enum<?> reason, RuntimeException refusal) {
    figures.refused.merge(reason.name(), 1L, Long::sum);
    String line = refusal.getMessage();
    if (!line.startsWith(file + ": expected ") || line.contains("\n")) {
      figures.wrong.add("no clear line: " + line);
    }
  }

  private void checkUntouched(byte @Nullable [] before) throws IOException {
    if (before != null && !Arrays.equals(before, Files.readAllBytes(file))) {
      figures.wrong.add("a refused file was written to");
    }
  }

  /** What is refused can be formatted, and is empty then. */
  private void formatAnew() {
    content.clear();
    ReactiveChunkStore store = open(false, FormatPolicy.ALWAYS, null);
    if (store == null) {
      figures.wrong.add("expected to format a file that was refused, found another refusal");
      return;
    }
    readEverything(store);
    store.close().block(SOON);
  }

  private void readEverything(ReactiveChunkStore store) {
    new Reading(store, outputs, content, seen, figures, chance).everything();
  }

  private int missing(ReactiveChunkStore store) {
    int found = present(store, content.keySet()).size();
    StoreStatus status = store.status().block(SOON);
    if (status.arena().chunks() != found) {
      figures.wrong.add("expected " + found + " chunks, found " + status.arena());
    }
    return content.size() - found;
  }

  /** Which of these are there; asked all at once. */
  private static Set<ChunkKey> present(ReactiveChunkStore store, Set<ChunkKey> keys) {
    return Flux.fromIterable(keys)
        .filterWhen(store::contains)
        .collect(Collectors.toSet())
        .block(SOON);
  }

  private void putMore(ReactiveChunkStore store) {
    List<ChunkKey> keys = new ArrayList<>(BaseImage.KEYS);
    Collections.shuffle(keys, chance);
    List<Chunk> chunks =
        keys.subList(0, 3).stream().map(key -> VersionedChunks.chunk(key, LATER_VERSION)).toList();
    for (PutOutcome outcome : store.putAll(chunks, PutMode.REPLACE).collectList().block(SOON)) {
      ChunkKey key = outcome.key();
      switch (outcome) {
        case PutOutcome.Stored _ -> {
          seen.add(key);
          content.put(key, LATER_VERSION);
        }
        case PutOutcome.NoSpace _ -> {}
        default -> figures.wrong.add("expected to store " + key + ", found " + outcome);
      }
    }
    ChunkKey removed = BaseImage.KEYS.get(chance.nextInt(BaseImage.KEYS.size()));
    store.remove(removed).block(SOON);
    content.remove(removed);
    seen.remove(removed);
    if (store.status().block(SOON).counters().evicted() > 0) {
      seen.retainAll(present(store, seen));
    }
  }

  /** Opens it again, as it was left: in some cases it is scrubbed before it is read. */
  private void reopen(boolean wholeFile) {
    boolean scrubbed = chance.nextInt(8) == 0;
    VirtualTimeScheduler clock = scrubbed ? VirtualTimeScheduler.create() : null;
    ReactiveChunkStore store = open(wholeFile, FormatPolicy.NEVER, clock);
    if (store == null) {
      figures.wrong.add("expected to open the file again, found a refusal");
      return;
    }
    try {
      if (clock != null) {
        scrub(store, clock);
      }
      Set<ChunkKey> lost = new HashSet<>(seen);
      lost.removeAll(present(store, seen));
      lost.forEach(key -> figures.wrong.add(key + " was there before the close, and is not after"));
      readEverything(store);
    } finally {
      store.close().block(SOON);
    }
  }

  private void scrub(ReactiveChunkStore store, VirtualTimeScheduler clock) {
    for (int step = 0; step < SCRUB_STEPS; step++) {
      clock.advanceTimeBy(Duration.ofSeconds(1));
      store.status().block(SOON);
    }
    if (store.status().block(SOON).counters().corrupt() > 0) {
      // Found without a request: not there any more, and rightly so.
      seen.retainAll(present(store, seen));
    }
  }
}
