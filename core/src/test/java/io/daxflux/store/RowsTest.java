package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of chunks, each behind the one before it, that several writers lay at once. */
class RowsTest {
  private static final int WRITERS = 8;
  private static final int ROW_CHUNKS = 20;

  /** All start side by side, so that each has to move once. */
  @Test
  void rowsThatGrowInTurnsMoveOnceAndDoNotMeet() {
    for (int blocks : new int[] {1, 3, 16}) {
      for (int arenaRows : new int[] {2, 4, 20}) {
        TinyArena arena = new TinyArena(arenaRows * WRITERS * ROW_CHUNKS * blocks);
        List<Writer> writers = writers(arena, blocks);

        for (int i = 0; i < ROW_CHUNKS; i++) {
          writers.forEach(Writer::put);
        }

        assertThat(writers)
            .as("%d blocks a chunk in an arena for %d times as many", blocks, arenaRows)
            .allSatisfy(writer -> assertThat(writer.moves).isLessThanOrEqualTo(1));
      }
    }
  }

  @Test
  void rowsThatGrowInAnyOrderFillTheArenaToItsLastBlock() {
    Seeds.forEach(
        30,
        random -> {
          int blocks = 1 + random.nextInt(5);
          int chunks = 50 + random.nextInt(400);
          TinyArena arena = new TinyArena(chunks * blocks + random.nextInt(blocks));
          List<Writer> writers = writers(arena, blocks);

          for (int i = 0; i < chunks; i++) {
            writers.get(random.nextInt(WRITERS)).put();
          }

          assertThat(arena.freeBlocks()).isLessThan(blocks);
          assertThat(arena.events).noneMatch(event -> event.startsWith("evicted"));
        });
  }

  /** The last chunks of rows are shorter, and new rows begin: nothing is evicted while some fit. */
  @Test
  void rowsOfChunksOfAnyLengthEvictNothingWhileARunFits() {
    Seeds.forEach(
        30,
        random -> {
          TinyArena arena = new TinyArena(500);
          List<Writer> writers = writers(arena, 4);
          while (true) {
            Writer writer = writers.get(random.nextInt(WRITERS));
            int blocks = 1 + random.nextInt(4);
            if (arena.largestRun() < blocks) {
              break;
            }
            writer.put(blocks);
          }

          assertThat(arena.events).noneMatch(event -> event.startsWith("evicted"));
        });
  }

  @Test
  void oneWriterLiesSideBySide() {
    TinyArena arena = new TinyArena(1000);
    Writer writer = new Writer(arena, "a", 5);

    for (int i = 0; i < 200; i++) {
      writer.put();
    }

    assertThat(writer.moves).isZero();
    assertThat(arena.freeBlocks()).isZero();
  }

  /** Who names no predecessor is taken for one who puts single chunks, as they come. */
  @Test
  void chunksWithoutAPredecessorLieSideBySideToo() {
    TinyArena arena = new TinyArena(1000);
    for (int i = 0; i < 200; i++) {
      assertThat(arena.put("k" + i, 5)).isEqualTo(i * 5L);
    }
  }

  private static List<Writer> writers(TinyArena arena, int blocks) {
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Writer(arena, "w" + i + "-", blocks));
    }
    return writers;
  }

  private static final class Writer {
    private final TinyArena arena;
    private final String name;
    private final int blocks;
    private int chunks;
    private long end = -1;

    /** How often a chunk does not lie behind the one before. */
    private int moves;

    Writer(TinyArena arena, String name, int blocks) {
      this.arena = arena;
      this.name = name;
      this.blocks = blocks;
    }

    void put() {
      put(blocks);
    }

    void put(int length) {
      String chunk = name + chunks;
      String before = chunks == 0 ? null : name + (chunks - 1);
      chunks++;
      long first = arena.putBehind(before, chunk, length);
      if (end >= 0 && first != end) {
        moves++;
      }
      end = first + length;
    }
  }
}
