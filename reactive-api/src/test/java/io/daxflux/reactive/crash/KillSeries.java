package io.daxflux.reactive.crash;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.FormatPolicy;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SilentLog;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.testkit.SeriesArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Kills processes in the middle of what they do to a store, and looks each time at what is left of
 * it. Two files, or devices, go through all of it, so that crashes come on top of crashes: one has
 * room for all that is ever put, so whatever was acknowledged must be there; the other has not, so
 * that chunks are evicted all the time.
 */
final class KillSeries implements AutoCloseable {
  /** Versions of one process: more than it can put before it is killed. */
  private static final long VERSIONS = 10_000_000;

  private static final long ROOMY_BYTES = 96 << 20;
  private static final long TIGHT_BYTES = 18 << 20;

  /**
   * The longest that a process is left alone, in its several phases, before it is killed.
   *
   * @param openingNs while it opens its store
   * @param churningNs while it changes it
   * @param closingNs while it closes it
   */
  record Pace(long openingNs, long churningNs, long closingNs) {
    /** With opening and closing as long as they take on most machines. */
    static Pace ofChurning(long ns) {
      return new Pace(12_000_000, ns, 6_000_000);
    }
  }

  /** A file or device, and what is known about it. */
  private record Subject(Path path, boolean isFile, long bytes, boolean roomy, Ledger ledger) {}

  private final KillFigures figures = new KillFigures();
  private final Random chance;
  private final Pace pace;
  private final @Nullable Path folder;
  private final List<Subject> subjects = new ArrayList<>();
  private long firstVersion = 1;

  private KillSeries(long seed, Pace pace, @Nullable Path folder) {
    this.chance = new Random(seed);
    this.pace = pace;
    this.folder = folder;
  }

  /** Over files of its own, in memory where there is a file system for that. */
  static KillSeries overFiles(long seed, Pace pace) throws IOException {
    Path memory = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "daxflux-kill")
            : Files.createTempDirectory("daxflux-kill");
    KillSeries series = new KillSeries(seed, pace, folder);
    series.add(folder.resolve("roomy"), true, ROOMY_BYTES, true);
    series.add(folder.resolve("tight"), true, TIGHT_BYTES, false);
    return series;
  }

  /** Over devices, whatever they hold. */
  static KillSeries overDevices(long seed, Pace pace, Path roomy, Path tight) {
    KillSeries series = new KillSeries(seed, pace, null);
    series.add(roomy, false, ROOMY_BYTES, true);
    series.add(tight, false, TIGHT_BYTES, false);
    for (Subject device : series.subjects) {
      series.open(device, device.path, FormatPolicy.ALWAYS).close().block(CrashStores.SOON);
    }
    return series;
  }

  private void add(Path path, boolean isFile, long bytes, boolean roomy) {
    subjects.add(new Subject(path, isFile, bytes, roomy, new Ledger(figures)));
  }

  /** Kills so many processes; stops where something is not as it should be. */
  KillFigures run(int kills) throws Exception {
    Victim next = start();
    try (var _ = new SilentLog()) {
      while (figures.kills < kills && figures.isSound()) {
        Victim victim = next;
        Subject subject = subjects.get(chance.nextInt(subjects.size()));
        kill(victim, subject);
        // The next one gets going while this one's leavings are looked at.
        next = start();
        inspect(subject);
        figures.kills++;
      }
    } finally {
      next.discard();
    }
    return figures;
  }

  private Victim start() throws IOException {
    return Victim.start(chance.nextLong(), chance.nextInt(4) > 0);
  }

  private void kill(Victim victim, Subject subject) throws Exception {
    FormatPolicy format = FormatPolicy.IF_EMPTY;
    switch (chance.nextInt(12)) {
      case 0 -> {
        if (subject.isFile) {
          Files.deleteIfExists(subject.path);
          subject.ledger.forget();
        }
      }
      case 1 -> {
        format = FormatPolicy.ALWAYS;
        subject.ledger.formats();
      }
      default -> {}
    }
    victim.open(chance.nextLong(), subject.path, subject.bytes, format, firstVersion);
    firstVersion += VERSIONS;
    switch (chance.nextInt(10)) {
      case 0, 1 -> {
        victim.await(Report.OPENING);
        pause(pace.openingNs);
      }
      case 2, 3 -> {
        victim.await(Report.OPENED);
        pause(pace.churningNs);
        victim.close();
        victim.await(Report.CLOSING);
        pause(pace.closingNs);
      }
      case 4 -> {
        victim.await(Report.OPENED);
        pause(pace.churningNs);
        victim.close();
        victim.await(Report.CLOSED);
      }
      default -> {
        victim.await(Report.OPENED);
        pause(pace.churningNs);
      }
    }
    victim.kill(subject.ledger);
  }

  /** A random moment is the point: nothing else decides when the process is killed. */
  private void pause(long mostNs) {
    long endNs = System.nanoTime() + chance.nextLong(mostNs);
    long leftNs;
    while ((leftNs = endNs - System.nanoTime()) > 0) {
      LockSupport.parkNanos(leftNs);
    }
  }

  /** Opens what was left, or a copy of it: the next process then recovers from the crash itself. */
  private void inspect(Subject subject) throws IOException {
    Path path = subject.path;
    if (!Files.exists(path)) {
      // It was killed before it could make one.
      subject.ledger.judge(Map.of(), subject.roomy);
      return;
    }
    boolean aside = subject.isFile && chance.nextInt(3) == 0;
    if (aside) {
      path = folder.resolve("copy");
      Files.copy(subject.path, path, StandardCopyOption.REPLACE_EXISTING);
    }
    ReactiveChunkStore store = open(subject, path, FormatPolicy.IF_EMPTY);
    try {
      subject.ledger.judge(contentOf(store), subject.roomy);
      if (!aside && chance.nextBoolean()) {
        change(store, subject);
      }
    } finally {
      store.close().block(CrashStores.SOON);
      if (aside) {
        Files.delete(path);
      }
    }
  }

  private ReactiveChunkStore open(Subject subject, Path path, FormatPolicy format) {
    return ReactiveChunkStore.open(
            CrashStores.config(path.toString(), subject.bytes, format, chance))
        .block(CrashStores.SOON);
  }

  /** The version of every chunk that is there. */
  private Map<ChunkKey, Long> contentOf(ReactiveChunkStore store) {
    Map<ChunkKey, Long> content = new HashMap<>();
    for (int writer = 0; writer < Universe.WRITERS; writer++) {
      List<ChunkKey> keys = Universe.of(writer);
      try (RestoredBatch batch = store.restoreAll(keys).block(CrashStores.SOON)) {
        for (RestoredChunk chunk : batch.hits()) {
          content.put(chunk.key(), VersionedChunks.versionOf(chunk.attributes()));
          if (!VersionedChunks.isWhole(chunk)) {
            figures.wrong.add(chunk.key() + ": not the bytes that were put");
          }
        }
      }
    }
    figures.recovered += content.size();
    StoreStatus status = QuietStores.statusOf(store);
    if (status.arena().chunks() != content.size()
        || status.counters().corrupt() > 0
        || status.counters().quarantined() > 0) {
      figures.wrong.add("expected " + content.size() + " sound chunks, found " + status);
    }
    return content;
  }

  /** It goes on with changes of this process, too. */
  private void change(ReactiveChunkStore store, Subject subject) {
    List<ChunkKey> keys = new ArrayList<>(Universe.all());
    for (int i = 0; i < 20; i++) {
      ChunkKey key = keys.remove(chance.nextInt(keys.size()));
      if (chance.nextBoolean()) {
        store.remove(key).block(CrashStores.SOON);
      } else {
        Chunk chunk = VersionedChunks.chunk(key, firstVersion++);
        PutOutcome outcome =
            store.putAll(List.of(chunk), PutMode.REPLACE).single().block(CrashStores.SOON);
        if (!(outcome instanceof PutOutcome.Stored)) {
          figures.wrong.add("expected to store " + chunk + ", found " + outcome);
        }
      }
    }
    subject.ledger.take(contentOf(store));
  }

  @Override
  public void close() throws IOException {
    if (folder == null) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Arguments: how many kills, and a seed; without a seed another one each time. */
  public static void main(String[] arguments) throws Exception {
    SeriesArguments told = SeriesArguments.orExit("kills", arguments);
    int kills = told.count();
    long seed = told.seed();
    KillFigures figures;
    try (KillSeries series = overFiles(seed, Pace.ofChurning(400_000_000))) {
      figures = series.run(kills);
    }
    figures.lost.forEach(line -> System.out.println("lost: " + line));
    figures.wrong.forEach(line -> System.out.println("wrong: " + line));
    System.out.println(figures + ", seed " + seed);
    System.exit(figures.isSound() ? 0 : 1);
  }
}
