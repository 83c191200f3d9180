package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.FormatPolicy;
import io.daxflux.testkit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Devices damaged by chance, in superblocks and records. What is recovered was written like that,
 * and nothing else is thrown than {@link MediaException}. Cases: {@code -Ddaxflux.cases=2000}.
 */
class DamageTest {
  private static final int CASES = Integer.getInteger("daxflux.cases", 2000);
  private static final long RECORDS_END = MediaGeometry.RECORD_OFFSET + 500 * 256;

  @Test
  void whatIsRecoveredFromADamagedDeviceWasWritten() {
    MemoryFile device = Stores.device();
    long[] refused = new long[1];
    long[] recovered = new long[1];
    Seeds.forEach(
        CASES,
        random -> {
          device.clear();
          Map<Long, ChunkRecord> written = fill(device, random);
          int damages = random.nextInt(1, 6);
          for (int i = 0; i < damages; i++) {
            damage(device, random);
          }
          boolean truncated = random.nextInt(50) == 0;
          long bytes = truncated ? random.nextLong(device.bytes()) : device.bytes();
          try {
            recovered[0] += check(device.truncated(bytes), written, random);
          } catch (MediaException refusal) {
            refused[0]++;
          }
        });
    if (CASES >= 1000) {
      assertThat(recovered[0]).isGreaterThan(refused[0]).isGreaterThan(CASES);
      assertThat(refused[0]).isPositive();
    }
  }

  /** Records that crowd, some replaced, some invalidated, over several openings. */
  private static Map<Long, ChunkRecord> fill(MemoryFile device, Random random) {
    Map<Long, ChunkRecord> live = new HashMap<>();
    Media media = Stores.open(device);
    long unit = 0;
    long sequence = 0;
    int records = random.nextInt(40);
    for (int i = 0; i < records && unit < 450; i++) {
      if (random.nextInt(20) == 0) {
        media = Stores.open(device);
      }
      ChunkRecord drawn = Records.any(random, 4, Stores.BLOCK_BYTES);
      ChunkRecord record =
          new ChunkRecord(
              drawn.key(),
              drawn.layout(),
              drawn.attributes(),
              drawn.isInline() ? ChunkRecord.INLINE : i * 4L,
              media.generation(),
              ++sequence,
              random.nextInt(100),
              0,
              drawn.sums());
      media.writer().write(unit, record);
      if (random.nextInt(5) == 0) {
        media.writer().invalidate(unit);
      } else {
        live.put(unit, record);
      }
      unit += record.shape().units() + random.nextInt(3);
    }
    return live;
  }

  private static void damage(MemoryFile device, Random random) {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        int flips = random.nextBoolean() ? 1 : random.nextInt(2, 64);
        for (int i = 0; i < flips; i++) {
          Stores.flip(device, place(random, 1) * 8 + random.nextInt(8));
        }
      }
      case 2 -> Stores.zero(device, place(random, 4096), length(random));
      case 3 -> {
        int length = length(random);
        Stores.write(device, place(random, length), Records.bytes(random, length));
      }
      case 4 -> {
        int length = length(random);
        long from = place(random, length);
        long to = place(random, length);
        byte[] swapped = Stores.read(device, from, length);
        Stores.write(device, from, Stores.read(device, to, length));
        Stores.write(device, to, swapped);
      }
      default -> {
        int length = length(random);
        Stores.write(
            device, place(random, length), Stores.read(device, place(random, length), length));
      }
    }
  }

  /** From a cache line to a page. */
  private static int length(Random random) {
    return 64 << random.nextInt(7);
  }

  /** In a superblock, or among the records; mostly where something begins. */
  private static long place(Random random, int length) {
    long place =
        switch (random.nextInt(5)) {
          case 0 -> random.nextInt(4096);
          case 1 -> (64 << 10) + random.nextInt(4096);
          default -> random.nextLong(MediaGeometry.RECORD_OFFSET, RECORDS_END);
        };
    long aligned = random.nextInt(4) == 0 ? place : place / length * length;
    return random.nextInt(3) == 0 ? aligned : aligned / 256 * 256;
  }

  private static long check(MemoryFile damaged, Map<Long, ChunkRecord> written, Random random) {
    MediaOptions options =
        new MediaOptions(
            Stores.BLOCK_BYTES,
            random.nextBoolean() ? FormatPolicy.IF_EMPTY : FormatPolicy.NEVER,
            1 + random.nextInt(2),
            random.nextBoolean());
    if (random.nextInt(4) == 0) {
      assertThat(MediaInspection.of(damaged).lines()).isNotEmpty();
    }
    List<RecoveredChunk> chunks = Media.open(damaged, options).recovery().chunks();
    for (RecoveredChunk chunk : chunks) {
      ChunkRecord expected = written.get(chunk.unit());
      assertThat(expected).as("record at unit %s", chunk.unit()).isNotNull();
      assertThat(chunk.record()).isIn(expected, Records.withLastUse(expected, 0));
    }
    Media again = Media.open(damaged, options);
    assertThat(again.recovery().chunks()).isEqualTo(chunks);
    assertThat(again.recovery().report().dropped()).isEmpty();
    return chunks.size();
  }
}
