package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import org.junit.jupiter.api.Test;

/** Which neighbours would have to go so that a run becomes free. */
class WindowTest {
  @Test
  void freeRunThatIsLongEnoughCostsNothing() {
    DrawnArena arena = new DrawnArena("aa...b");

    assertWindow(Window.around(arena.space, arena.gapAt(2), 3), 0, "");
  }

  @Test
  void entryThatIsLongEnoughIsAllThatGoes() {
    DrawnArena arena = new DrawnArena("abbbc");

    assertWindow(Window.around(arena.space, arena.entry('b'), 2), 3, "b");
  }

  @Test
  void freeNeighboursComeFirst() {
    DrawnArena arena = new DrawnArena("abb..c");

    assertWindow(Window.around(arena.space, arena.entry('b'), 4), 2, "b");
  }

  @Test
  void theColderNeighbourComesFirst() {
    DrawnArena arena = new DrawnArena("aa.bb");
    assertWindow(Window.around(arena.space, arena.gapAt(2), 2), 2, "a");

    arena.use('a');

    assertWindow(Window.around(arena.space, arena.gapAt(2), 2), 2, "b");
  }

  @Test
  void bothSidesAreTakenWhereOneIsNotEnough() {
    DrawnArena arena = new DrawnArena("aa.bb");

    assertWindow(Window.around(arena.space, arena.gapAt(2), 5), 4, "ab");
  }

  @Test
  void heldNeighbourIsAWall() {
    DrawnArena arena = new DrawnArena("aaB.ccd");

    assertWindow(Window.around(arena.space, arena.gapAt(3), 3), 2, "c");
    assertWindow(Window.around(arena.space, arena.gapAt(3), 4), 3, "cd");
    assertThat(Window.around(arena.space, arena.gapAt(3), 5)).isNull();
  }

  @Test
  void entryThatIsLeasedWrittenOrDroppedIsAWall() {
    DrawnArena arena = new DrawnArena("a.bc.d");
    arena.entry('a').leases = 1;
    arena.entry('b').become(Entry.State.WRITING);
    arena.entry('c').become(Entry.State.DROPPED);

    assertThat(Window.around(arena.space, arena.gapAt(1), 2)).isNull();
    assertWindow(Window.around(arena.space, arena.gapAt(4), 2), 1, "d");
    assertThat(Window.around(arena.space, arena.gapAt(4), 3)).isNull();
  }

  @Test
  void endsOfTheArenaAreWalls() {
    DrawnArena arena = new DrawnArena("a.b");

    assertWindow(Window.around(arena.space, arena.gapAt(1), 3), 2, "ab");
    assertThat(Window.around(arena.space, arena.gapAt(1), 4)).isNull();
  }

  @Test
  void cheaperIsTheOneThatHoldsFewerBlocks() {
    DrawnArena arena = new DrawnArena("aa.B.c");
    Window dear = Window.around(arena.space, arena.gapAt(2), 3);
    Window cheap = Window.around(arena.space, arena.gapAt(4), 2);

    assertThat(Window.cheaper(dear, cheap)).isSameAs(cheap);
    assertThat(Window.cheaper(cheap, dear)).isSameAs(cheap);
    assertThat(Window.cheaper(null, dear)).isSameAs(dear);
    assertThat(Window.cheaper(dear, null)).isSameAs(dear);
    assertThat(Window.cheaper(null, null)).isNull();
    assertThat(Window.cheaper(dear, dear)).as("the first of equals").isSameAs(dear);
  }

  private static void assertWindow(Window window, long blocks, String owners) {
    assertThat(window).isNotNull();
    assertThat(window.blocks()).isEqualTo(blocks);
    assertThat(window.owners())
        .extracting(Entry::key)
        .containsExactlyInAnyOrderElementsOf(
            owners.chars().mapToObj(Character::toString).map(ChunkKey::of).toList());
  }
}
