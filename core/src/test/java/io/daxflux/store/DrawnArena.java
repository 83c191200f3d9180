package io.daxflux.store;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.extent.ExtentSpace;
import io.daxflux.extent.FreeRun;
import io.daxflux.extent.Tile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Extents as drawn, a character a block: dots are free, a run of one lower-case letter is an entry
 * that can be evicted, a run of one upper-case letter an entry that is held. Letters to the left
 * are colder, unless a use warms them.
 */
final class DrawnArena {
  final ExtentSpace<Entry> space;
  private final Map<Character, Entry> entries = new HashMap<>();
  private long uses;

  DrawnArena(String drawing) {
    space = new ExtentSpace<>(drawing.length(), new BlockLinks());
    List<Entry> gaps = new ArrayList<>();
    for (int start = 0, end; start < drawing.length(); start = end) {
      char letter = drawing.charAt(start);
      end = start + 1;
      while (end < drawing.length() && drawing.charAt(end) == letter) {
        end++;
      }
      Entry entry = entry(letter, end - start);
      space.allocate(entry);
      if (letter == '.') {
        gaps.add(entry);
      } else {
        entries.put(letter, entry);
      }
    }
    gaps.forEach(space::free);
  }

  /** An entry of a length in blocks of one byte, which lies nowhere. */
  static Entry entry(String name, int blocks) {
    ArenaLayout arena = ArenaLayout.withoutRecords(1, 1);
    ChunkKey key = ChunkKey.of(name);
    return Entry.of(key, new Forms(arena).of(ChunkHead.of(key, ChunkLayout.blob(blocks)), false));
  }

  private Entry entry(char letter, int blocks) {
    Entry entry = entry(Character.toString(letter), blocks);
    entry.become(Entry.State.READABLE);
    entry.pins = Character.isUpperCase(letter) ? 1 : 0;
    entry.lastUse = ++uses;
    return entry;
  }

  Entry entry(char letter) {
    return entries.get(letter);
  }

  void use(char letter) {
    entry(letter).lastUse = ++uses;
  }

  /** The free run that starts at this block. */
  FreeRun<Entry> gapAt(long block) {
    return space.longestFreeRuns(Integer.MAX_VALUE).stream()
        .filter(run -> run.firstBlock() == block)
        .findFirst()
        .orElseThrow();
  }

  /** The arena as it is now. */
  @Override
  public String toString() {
    StringBuilder drawing = new StringBuilder();
    for (Tile<Entry> tile : Tile.of(space)) {
      drawing.repeat(tile.isFree() ? "." : tile.owner().key().toString(), (int) tile.blocks());
    }
    return drawing.toString();
  }
}
