package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.extent.Tile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making room, before and after: {@code X} is what was asked for. */
class RoomTest {
  @ParameterizedTest(name = "{0} + {1} = {2} ({3})")
  @CsvSource({
    // What is free
    "..a...b,      2, XXa...b,      the smallest run that fits",
    "..a...b,      3, ..aXXXb,      the only run that fits",
    // The coldest make room
    "aabbcc,       2, XXbbcc,       the coldest is as long",
    "aabbcc,       1, X.bbcc,       the coldest is longer",
    "aabbcc,       3, XXX.cc,       the two coldest lie side by side",
    "AAbbcc,       2, AAXXcc,       the coldest that is not held",
    "aabb.,        2, XXbb.,        the coldest and not its cheaper neighbour",
    // Enough is free but in pieces
    "a.b.c,        2, aXX.c,        one neighbour goes",
    ".aaa.b.,      2, .aaaXX.,      the cheapest neighbour goes",
    ".A.b.,        2, .AXX.,        past what is held",
    // Held neighbours
    "aaB.Bcc,      2, XXB.Bcc,      a free run that is shut in is of no use",
    "aBcBddd,      3, .B.BXXX,      the coldest go until enough is free",
    ".A.B.Cddd,    3, .A.B.CXXX,    the coldest where free runs are shut in",
    "aA.B.C.D.Ebbc, 3, aA.B.C.D.EXXX, elsewhere where the coldest is shut in too",
    "aA.B.C.D.EbccFdd, 2, aA.B.C.D.EbccFXX, elsewhere the cheapest",
    "aBbBc,        2, -,            enough could go but makes no run",
    "ABCD,         1, -,            all is held",
  })
  void makesRoom(String before, int blocks, String after, String why) {
    DrawnArena arena = new DrawnArena(before);
    EvictionPolicy policy = new LruPolicy();
    for (Tile<Entry> tile : Tile.of(arena.space)) {
      if (!tile.isFree() && tile.owner().isEvictable()) {
        policy.added(tile.owner());
      }
    }
    Room room =
        new Room(
            arena.space,
            () -> (Entry) policy.victim(),
            entry -> {
              policy.removed(entry);
              arena.space.free(entry);
            });
    Entry wanted = DrawnArena.entry("X", blocks);

    boolean has = room.has(blocks);

    assertThat(arena).as("nothing is evicted by asking").hasToString(before.replace(" ", ""));
    assertThat(has).isEqualTo(!after.equals("-"));
    if (has) {
      room.take(wanted, blocks, null, blocks);
      assertThat(arena).hasToString(after.replace(" ", ""));
    }
  }
}
