package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A store under random writes, invalidations and reopenings, beside a map that does the same. */
class RecoveryModelTest {
  private static final Comparator<RecoveredChunk> EARLIEST_FIRST =
      Comparator.<RecoveredChunk>comparingLong(chunk -> chunk.record().generation())
          .thenComparingLong(chunk -> chunk.record().sequence());

  @Test
  void aReopenedStoreHasWhatTheModelHas() {
    Seeds.forEach(60, random -> new Play(random).run(200));
  }

  private static final class Play {
    private final Random random;
    private final MemoryFile device = Stores.device();
    private final Map<Long, RecoveredChunk> live = new HashMap<>();
    private Media media = Stores.open(device);
    private long sequence;

    Play(Random random) {
      this.random = random;
    }

    void run(int steps) {
      for (int step = 0; step < steps; step++) {
        switch (random.nextInt(20)) {
          case 0 -> reopen();
          case 1, 2, 3, 4 -> invalidate();
          case 5, 6 -> noteUse();
          default -> write();
        }
      }
      reopen();
    }

    /** Anywhere among the first units, so that records crowd; on any blocks. */
    private void write() {
      long unit = random.nextLong(400);
      ChunkRecord drawn = Records.any(random, Stores.BLOCKS, Stores.BLOCK_BYTES);
      ChunkRecord record =
          new ChunkRecord(
              random.nextInt(3) == 0 ? someKey(drawn) : drawn.key(),
              drawn.layout(),
              drawn.attributes(),
              drawn.firstBlock(),
              media.generation(),
              ++sequence,
              random.nextBoolean() ? drawn.lastUse() : random.nextInt(3),
              drawn.expiresAtMs(),
              drawn.sums());
      RecoveredChunk chunk = new RecoveredChunk(unit, record.shape().units(), record);
      if (live.values().stream().noneMatch(other -> shareUnits(chunk, other))) {
        media.writer().write(unit, record);
        live.put(unit, chunk);
      }
    }

    private ChunkKey someKey(ChunkRecord otherwise) {
      return live.isEmpty() ? otherwise.key() : live.get(someUnit()).record().key();
    }

    private long someUnit() {
      List<Long> units = live.keySet().stream().sorted().toList();
      return units.get(random.nextInt(units.size()));
    }

    private void invalidate() {
      if (!live.isEmpty()) {
        long unit = someUnit();
        media.writer().invalidate(unit);
        live.remove(unit);
      }
    }

    private void noteUse() {
      if (!live.isEmpty()) {
        long unit = someUnit();
        long lastUse = random.nextLong(1000);
        media.writer().noteUse(unit, lastUse);
        live.computeIfPresent(unit, (_, chunk) -> usedAt(chunk, lastUse));
      }
    }

    private static RecoveredChunk usedAt(RecoveredChunk chunk, long lastUse) {
      ChunkRecord used = Records.withLastUse(chunk.record(), lastUse);
      return new RecoveredChunk(chunk.unit(), chunk.units(), used);
    }

    private void reopen() {
      boolean clean = random.nextBoolean();
      if (clean) {
        media.closeCleanly();
      }
      List<RecoveredChunk> expected = survivors();
      int dropped = live.size() - expected.size();
      media = Stores.open(device);
      RecoveryReport report = media.recovery().report();
      assertThat(media.recovery().chunks()).isEqualTo(expected);
      assertThat(report.closedCleanly()).isEqualTo(clean);
      assertThat(report.dropped().values().stream().mapToLong(n -> n).sum()).isEqualTo(dropped);
      live.clear();
      expected.forEach(chunk -> live.put(chunk.unit(), chunk));
    }

    private List<RecoveredChunk> survivors() {
      List<RecoveredChunk> survivors = new ArrayList<>();
      List<RecoveredChunk> latestFirst = new ArrayList<>(live.values());
      latestFirst.sort(EARLIEST_FIRST.reversed());
      for (int i = 0; i < latestFirst.size(); i++) {
        RecoveredChunk chunk = latestFirst.get(i);
        boolean superseded =
            latestFirst.subList(0, i).stream()
                .anyMatch(later -> later.record().key().equals(chunk.record().key()));
        if (!superseded && survivors.stream().noneMatch(later -> shareBlocks(chunk, later))) {
          survivors.add(chunk);
        }
      }
      survivors.sort(
          Comparator.<RecoveredChunk>comparingLong(chunk -> chunk.record().lastUse())
              .thenComparing(EARLIEST_FIRST));
      return survivors;
    }

    private static boolean shareUnits(RecoveredChunk a, RecoveredChunk b) {
      return a.unit() < b.unit() + b.units() && b.unit() < a.unit() + a.units();
    }

    private static boolean shareBlocks(RecoveredChunk a, RecoveredChunk b) {
      return !a.record().isInline()
          && !b.record().isInline()
          && a.record().firstBlock() < end(b)
          && b.record().firstBlock() < end(a);
    }

    private static long end(RecoveredChunk chunk) {
      return chunk.record().firstBlock()
          + Math.ceilDiv(chunk.record().layout().bytes(), Stores.BLOCK_BYTES);
    }
  }
}
