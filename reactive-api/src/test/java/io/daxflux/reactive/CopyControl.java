package io.daxflux.reactive;

import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.Transfer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The hand of a test on the copies of a store: holds them before they begin, lets some through, and
 * does something at a copy or between slices. Lets everything through until told otherwise.
 */
public final class CopyControl implements UnaryOperator<RegionCopier> {
  private static final int ANY = 1 << 20;

  private final Semaphore turnstile = new Semaphore(ANY);
  private final AtomicInteger held = new AtomicInteger();
  private final List<Region> begun = new CopyOnWriteArrayList<>();
  private volatile Consumer<Region> atBegin = region -> {};
  private volatile Runnable betweenSlices = () -> {};
  private volatile Set<Integer> faults = Set.of();

  @Override
  public RegionCopier apply(RegionCopier copier) {
    return (region, arena, memory, stopped) -> {
      held.incrementAndGet();
      turnstile.acquireUninterruptibly();
      held.decrementAndGet();
      return begin(copier, region, arena, memory, stopped);
    };
  }

  private CopyResult begin(
      RegionCopier copier,
      Region region,
      MemorySegment arena,
      List<MemorySegment> memory,
      BooleanSupplier stopped) {
    begun.add(region);
    atBegin.accept(region);
    CopyResult result =
        copier.copy(
            region,
            arena,
            memory,
            () -> {
              betweenSlices.run();
              return stopped.getAsBoolean();
            });
    Set<Integer> faulted =
        faults.stream().filter(chunk -> isOf(region, chunk)).collect(Collectors.toSet());
    return faulted.isEmpty() ? result : withFaults(result, faulted);
  }

  /** What the copy found of the other chunks stands. */
  private static CopyResult withFaults(CopyResult result, Set<Integer> faulted) {
    return new CopyResult(
        result.complete(),
        faulted,
        faulted,
        result.corruptChunks().stream()
            .filter(chunk -> !faulted.contains(chunk))
            .collect(Collectors.toSet()),
        result.sums().stream().filter(sum -> !faulted.contains(sum.chunk())).toList());
  }

  /** From now on copies wait before they begin. */
  public CopyControl hold() {
    turnstile.drainPermits();
    return this;
  }

  /** Lets so many copies through. */
  public void pass(int copies) {
    turnstile.release(copies);
  }

  /** Lets all copies through, now and later. */
  public void passAll() {
    turnstile.release(ANY);
  }

  /** Waits until so many copies wait, or more. */
  public void awaitHeld(int copies) {
    QuietStores.until(() -> held.get() >= copies, copies + " copies held");
  }

  /** How many copies wait. */
  public int held() {
    return held.get();
  }

  /** Runs on the copying thread as each copy begins; what it throws, the copy throws. */
  public void atBegin(Consumer<Region> action) {
    atBegin = action;
  }

  /** Runs on the copying thread before each slice. */
  public void betweenSlices(Runnable action) {
    betweenSlices = action;
  }

  /** Copies of these chunks, by their positions, come back as if the arena had faulted. */
  public void fault(Integer... chunks) {
    faults = Set.of(chunks);
  }

  /** The regions whose copies have begun, in that order. */
  public List<Region> begun() {
    return List.copyOf(begun);
  }

  /** Whether a region has bytes of the chunk at this position of the request. */
  public static boolean isOf(Region region, int chunk) {
    return region.parts().stream().mapToInt(Transfer::chunk).anyMatch(found -> found == chunk);
  }
}
