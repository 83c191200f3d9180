package io.daxflux.reactive;

import io.daxflux.buffer.BufferPool;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.RestoreMode;
import io.daxflux.device.Device;
import io.daxflux.device.PrivateMemory;
import io.daxflux.media.Media;
import io.daxflux.reactive.ring.StoreRing;
import io.daxflux.reactive.session.StoreLoop;
import io.daxflux.reactive.session.StoreParts;
import io.daxflux.reactive.session.Timers;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.StagedCopier;
import io.daxflux.restore.StagingSlab;
import io.daxflux.restore.Verifier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A store's threads and memory, from opening to closing.
 *
 * <h2>Ownership</h2>
 *
 * Owns the device, the output and staging memory, the ring, and the schedulers it made itself. They
 * are given back in one place and order ({@link #tearDown}), after the loop has said that nothing
 * is under way: the store's thread first, then the copy workers, then what they worked on, and the
 * threads that call subscribers last.
 */
final class RunningStore {
  private static final Logger LOG = LoggerFactory.getLogger(RunningStore.class);

  private final OwnedParts owned;
  private final StoreRing ring;
  private final StoreLoop loop;
  private final AtomicReference<@Nullable Mono<Void>> closing = new AtomicReference<>();

  private RunningStore(OwnedParts owned, StoreRing ring, StoreLoop loop) {
    this.owned = owned;
    this.ring = ring;
    this.loop = loop;
  }

  /** Takes everything a store needs. Blocks. Where something is not to be had, nothing is kept. */
  static RunningStore start(StoreBuilder builder) {
    OwnedParts owned = new OwnedParts();
    try {
      DaxfluxConfig config = builder.config;
      PrivateMemory outputs =
          owned.own("output memory", PrivateMemory.map(config.outputBudgetBytes()));
      PrivateMemory staging =
          owned.own("staging memory", PrivateMemory.map(config.stagingSlabBytes()));
      requireBlock(config, "max_local_cpu_size", outputs.bytes());
      // The device after the memory, or a new file would stay where there is no memory.
      Device device = owned.own("device", builder.device.get());
      Media media = FoundMedia.open(device, config, epochMs(builder.timers));
      requireBlock(config, "device", device.bytes());
      prepare(config, outputs, staging);
      Scheduler copyWorkers = owned.copyWorkers(builder.copyWorkers, config.restoreWorkers());
      Scheduler delivery = owned.delivery(builder.delivery);
      Timers timers = owned.timers(builder.timers);
      Copying copying = Copying.choose(config.copyEngine(), device, outputs.memory());
      StagingSlab slab = new StagingSlab(staging.memory(), config.restoreMaxRegions());
      Map<RestoreMode, RegionCopier> copiers = new EnumMap<>(RestoreMode.class);
      copiers.put(RestoreMode.DIRECT, builder.copierDecorator.apply(copying.restores()));
      copiers.put(RestoreMode.STAGED, builder.copierDecorator.apply(new StagedCopier(slab)));
      StoreParts parts =
          new StoreParts(
              config,
              device,
              media,
              new BufferPool(outputs.memory(), config.blockBytes()),
              copiers::get,
              builder.copierDecorator.apply(copying.puts()),
              builder.copierDecorator.apply(new Verifier()),
              copying.engine(),
              copyWorkers,
              owned.committer(builder.committer),
              delivery,
              timers,
              builder.guests && builder.delivery == null,
              builder.tracksOrigins);
      StoreRing ring =
          builder.guests
              ? new StoreRing(config.ringSlots())
              : StoreRing.withoutGuests(config.ringSlots());
      owned.own("store's thread", ring);
      StoreLoop loop = new StoreLoop(parts, ring);
      config.notes().forEach(LOG::info);
      return new RunningStore(owned, ring, loop);
    } catch (RuntimeException | Error failure) {
      owned.giveBack().forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** The time by the clock that chunks will expire by. */
  private static long epochMs(@Nullable Scheduler timers) {
    return timers == null ? System.currentTimeMillis() : timers.now(TimeUnit.MILLISECONDS);
  }

  private static void requireBlock(DaxfluxConfig config, String what, long bytes) {
    if (bytes < config.blockBytes()) {
      throw new IllegalArgumentException(
          what
              + ": expected at least one block of "
              + config.blockBytes()
              + " bytes (dax.block_size), found "
              + bytes
              + " bytes");
    }
  }

  /**
   * Locks what restores copy to, and touches it in the background, so that none pays for its first
   * use. The slab is left alone where restores do not usually go through it.
   */
  private static void prepare(DaxfluxConfig config, PrivateMemory outputs, PrivateMemory staging) {
    List<PrivateMemory> used =
        config.restoreMode() == RestoreMode.STAGED ? List.of(outputs, staging) : List.of(outputs);
    if (config.hugePages()) {
      Stream.of(outputs, staging)
          .map(PrivateMemory::tryHugePages)
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(refusal -> LOG.info("memory is not of huge pages: {}", refusal));
    }
    if (config.lockMemory()) {
      used.stream()
          .map(PrivateMemory::tryLock)
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(RunningStore::warnOfSwapping);
    }
    if (config.prefault()) {
      used.forEach(PrivateMemory::prefault);
    }
  }

  private static void warnOfSwapping(String refusal) {
    LOG.warn(
        "output memory is not locked and may be swapped out: {} (raise the limit on locked memory,"
            + " or set dax.lock_memory: false)",
        refusal);
  }

  StoreLoop loop() {
    return loop;
  }

  /** Begins at once; everyone who calls shares one completion. */
  Mono<Void> close() {
    Sinks.Empty<Void> done = Sinks.empty();
    Mono<Void> begun = closing.compareAndExchange(null, done.asMono());
    if (begun != null) {
      return begun;
    }
    loop.close()
        .publishOn(Schedulers.boundedElastic())
        .subscribe(
            late -> {
              try {
                tearDown(late);
                done.tryEmitEmpty();
              } catch (RuntimeException | Error failure) {
                LOG.error("close failed", failure);
                done.tryEmitError(failure);
              }
            });
    return done.asMono();
  }

  /** A device that fails now is given back all the same; its chunks are found as after a crash. */
  private void closeMedia() {
    try {
      loop.closeMedia();
    } catch (RuntimeException | Error failure) {
      LOG.warn("closed, but the device could not be told so: {}", failure.toString());
    }
  }

  private void tearDown(List<String> late) {
    ring.close();
    if (!late.isEmpty()) {
      LOG.warn("closed with {} handles out, which no longer work: {}", late.size(), late);
    }
    loop.leaks().ifPresent(leaks -> LOG.error("closed with leases or outputs lost: {}", leaks));
    closeMedia();
    List<String> inUse = loop.revokeHandles();
    if (!inUse.isEmpty()) {
      LOG.error("native code is still using {}: the device stays mapped and locked", inUse);
      owned.keep("device");
    }
    List<Throwable> failures = owned.giveBack();
    if (!failures.isEmpty()) {
      IllegalStateException failure =
          new IllegalStateException("could not give everything back", failures.getFirst());
      failures.stream().skip(1).forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
