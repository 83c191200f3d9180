package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.config.FormatPolicy;
import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Loses power at every step of a trace, with any of the lines on their way lost, and opens what is
 * left: each chunk is as it was last persisted, or as the step under way makes it; never anything
 * else, and never other bytes.
 */
class TornWriteTest {
  private static final long BLOCKS = 8;
  private static final long DEVICE_BYTES = (2 << 20) + BLOCKS * Stores.BLOCK_BYTES;

  /** Short traces: every state there is. */
  @Test
  void everyStateOfShortTracesHolds() {
    Seeds.forEach(
        6,
        random -> {
          Trace trace = new Trace(random, 1 << 10);
          trace.open(FormatPolicy.IF_EMPTY);
          trace.put(1, 20);
          trace.put(1, 20);
          trace.remove();
          assertThat(trace.memory.crashes()).isGreaterThan(100);
        });
  }

  /** Long ones, of any records, with reopenings: states by chance. */
  @Test
  void statesOfLongTracesHold() {
    Seeds.forEach(
        5,
        random -> {
          Trace trace = new Trace(random, 8);
          trace.open(FormatPolicy.IF_EMPTY);
          for (int step = 0; step < 40; step++) {
            switch (random.nextInt(12)) {
              case 0 -> trace.open(FormatPolicy.IF_EMPTY);
              case 1 -> trace.close();
              case 2, 3, 4 -> trace.remove();
              case 5 -> trace.noteUse();
              default -> trace.put(6, 600);
            }
          }
        });
  }

  @Test
  void aFormatLeavesTheEarlierStoreOrNothing() {
    Seeds.forEach(
        3,
        random -> {
          Trace trace = new Trace(random, 64);
          trace.open(FormatPolicy.IF_EMPTY);
          trace.put(2, 100);
          trace.put(2, 100);
          trace.open(FormatPolicy.ALWAYS);
          trace.put(2, 100);
        });
  }

  /** What a key may be found as; null stands for a miss. */
  private record Stored(long unit, ChunkRecord record, byte[] payload) {
    @Override
    public String toString() {
      return record.key() + " at unit " + unit + ", sequence " + record.sequence();
    }
  }

  /** A store and the protocol of its commits, as the persist points of a store have it. */
  private static final class Trace {
    private final Random random;
    private final MemoryFile device = new MemoryFile(DEVICE_BYTES);
    private final TornMemory memory;
    private final Map<ChunkKey, Stored> stored = new HashMap<>();
    private Media media;
    private long sequence;

    /** What may be found now: one of these, as a whole. */
    private List<Map<ChunkKey, Set<Stored>>> worlds = List.of(Map.of());

    Trace(Random random, int mostCrashes) {
      this.random = random;
      this.memory = new TornMemory(device, random, mostCrashes, this::check);
    }

    void open(FormatPolicy format) {
      MediaOptions options = new MediaOptions(Stores.BLOCK_BYTES, format, 1, true);
      if (format == FormatPolicy.ALWAYS) {
        worlds = List.of(exactly(stored), Map.of());
        stored.clear();
      }
      media = new MediaOpening(memory, options, 0).open();
      settle();
    }

    void close() {
      media.closeCleanly();
      open(FormatPolicy.IF_EMPTY);
    }

    /** Payload, persist, record, persist; then what it replaces is invalidated, persist. */
    void put(int keys, int mostBytes) {
      ChunkKey key = ChunkKey.of(("key" + random.nextInt(keys)).repeat(1 + random.nextInt(60)));
      byte[] payload = Records.bytes(random, 1 + random.nextInt(mostBytes));
      boolean inline = payload.length <= 512 && random.nextBoolean();
      ChunkRecord record =
          new ChunkRecord(
              key,
              ChunkLayout.blob(payload.length),
              Attributes.of(Records.bytes(random, random.nextInt(20))),
              inline ? ChunkRecord.INLINE : freeBlock(payload.length),
              media.generation(),
              ++sequence,
              0,
              0,
              random.nextBoolean() ? SliceSums.NONE : Records.sumsOf(payload));
      long unit = freeUnit(record.shape().units());
      if (unit < 0 || !inline && record.firstBlock() > BLOCKS) {
        return;
      }
      Stored before = stored.get(key);
      Stored now = new Stored(unit, record, payload);
      long at = payloadOffset(now);
      memory.write(at, payload, 0, payload.length);
      memory.persist(at, payload.length);
      Map<ChunkKey, Set<Stored>> either = new HashMap<>(exactly(stored));
      either.put(key, new HashSet<>(Arrays.asList(before, now)));
      worlds = List.of(either);
      media.writer().write(unit, record);
      memory.persist(media.geometry().unitOffset(unit), record.shape().units() * 256L);
      stored.put(key, now);
      settle();
      if (before != null) {
        invalidate(before);
      }
    }

    void remove() {
      if (stored.isEmpty()) {
        return;
      }
      Stored gone = any();
      Map<ChunkKey, Set<Stored>> either = new HashMap<>(exactly(stored));
      either.put(gone.record.key(), new HashSet<>(Arrays.asList(gone, null)));
      worlds = List.of(either);
      invalidate(gone);
      stored.remove(gone.record.key());
      settle();
    }

    private void invalidate(Stored gone) {
      media.writer().invalidate(gone.unit);
      memory.persist(media.geometry().unitOffset(gone.unit), 8);
    }

    void noteUse() {
      if (!stored.isEmpty()) {
        media.writer().noteUse(any().unit, random.nextInt(100));
      }
    }

    private Stored any() {
      List<Stored> all = new ArrayList<>(stored.values());
      return all.get(random.nextInt(all.size()));
    }

    private void settle() {
      worlds = List.of(exactly(stored));
      memory.lookAtCrashes();
    }

    private static Map<ChunkKey, Set<Stored>> exactly(Map<ChunkKey, Stored> stored) {
      Map<ChunkKey, Set<Stored>> exact = new HashMap<>();
      stored.forEach((key, chunk) -> exact.put(key, Set.of(chunk)));
      return exact;
    }

    /** Units of records that were invalidated are used again at once: low ones first. */
    private long freeUnit(int units) {
      for (long unit = 0; unit < 64; unit++) {
        long first = unit;
        if (stored.values().stream()
            .noneMatch(s -> first < s.unit + s.record.shape().units() && s.unit < first + units)) {
          return unit;
        }
      }
      return -1;
    }

    private long freeBlock(int bytes) {
      long wanted = Math.ceilDiv(bytes, Stores.BLOCK_BYTES);
      for (long block = 0; block + wanted <= BLOCKS; block++) {
        long first = block;
        if (stored.values().stream()
            .noneMatch(
                s ->
                    first < s.record.firstBlock() + media.geometry().blocksFor(s.payload.length)
                        && s.record.firstBlock() < first + wanted
                        && !s.record.isInline())) {
          return block;
        }
      }
      return BLOCKS + 1;
    }

    private long payloadOffset(Stored chunk) {
      return chunk.record.isInline()
          ? media.geometry().unitOffset(chunk.unit) + chunk.record.shape().valueOffset()
          : media.geometry().blockOffset(chunk.record.firstBlock());
    }

    private void check(MemoryFile crashed) {
      Media reopened = new MediaOpening(new MediaMemory(crashed), Stores.OPTIONS, 0).open();
      Map<ChunkKey, RecoveredChunk> found = new HashMap<>();
      reopened.recovery().chunks().forEach(chunk -> found.put(chunk.record().key(), chunk));
      assertThat(worlds).anySatisfy(world -> assertIsWorld(found, world, crashed));
    }

    private void assertIsWorld(
        Map<ChunkKey, RecoveredChunk> found, Map<ChunkKey, Set<Stored>> world, MemoryFile crashed) {
      assertThat(world.keySet()).containsAll(found.keySet());
      world.forEach(
          (key, allowed) ->
              assertThat(allowed)
                  .as("found %s of %s", found.get(key), allowed)
                  .anyMatch(stored -> isAs(found.get(key), stored, crashed)));
    }

    private boolean isAs(RecoveredChunk chunk, Stored stored, MemoryFile crashed) {
      if (chunk == null || stored == null) {
        return chunk == null && stored == null;
      }
      return chunk.unit() == stored.unit
          && Records.withLastUse(chunk.record(), 0).equals(stored.record)
          && Arrays.equals(
              Stores.read(crashed, payloadOffset(stored), stored.payload.length), stored.payload);
    }
  }
}
