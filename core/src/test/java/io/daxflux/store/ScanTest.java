package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scans of an index that changes and grows under their cursors. */
class ScanTest {
  private static final Form FORM = new Form(ChunkLayout.blob(1), Attributes.NONE, 1, 1, 0, 0);

  private static Entry entry(String key) {
    return Entry.of(ChunkKey.of(key), FORM);
  }

  @Test
  void scanOfWhatDoesNotChangeVisitsEachOnce() {
    Seeds.forEach(
        50,
        random -> {
          Index index = new Index();
          Set<ChunkKey> keys = new HashSet<>();
          for (int i = random.nextInt(3000); i > 0; i--) {
            Entry entry = entry("k" + i);
            index.add(entry.key(), entry);
            keys.add(entry.key());
          }
          List<ChunkKey> visited = new ArrayList<>();
          int cursor = 0;
          do {
            cursor = index.scan(cursor, 1 + random.nextInt(100), 1000, e -> visited.add(e.key()));
          } while (cursor != 0);
          assertThat(visited).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(keys);
        });
  }

  @Test
  void whatStaysIsVisitedThoughTheIndexGrowsManyTimesOver() {
    Seeds.forEach(
        200,
        random -> {
          Play play = new Play(random);
          play.addSome(random.nextInt(200));
          Set<ChunkKey> staying = new HashSet<>(play.present.keySet());
          Set<ChunkKey> visited = new HashSet<>();
          int cursor = 0;
          int pages = 0;
          do {
            cursor = play.index.scan(cursor, 1 + random.nextInt(20), 50, e -> visited.add(e.key()));
            if (pages++ < 40) {
              play.changeSome(staying);
            }
          } while (cursor != 0);
          assertThat(visited).containsAll(staying);
        });
  }

  @Test
  void pageLooksAtNoMoreSlotsThanAskedFor() {
    Index index = new Index();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Entry entry = entry("k" + i);
      index.add(entry.key(), entry);
      entries.add(entry);
    }
    entries.subList(1, entries.size()).forEach(entry -> index.remove(entry.key(), entry));
    int pages = 0;
    List<Entry> visited = new ArrayList<>();
    int cursor = 0;
    do {
      cursor = index.scan(cursor, 1000, 100, visited::add);
      pages++;
    } while (cursor != 0);

    assertThat(visited).containsExactly(entries.getFirst());
    assertThat(pages).isGreaterThanOrEqualTo(10_000 / 100);
  }

  /** Adds, removes and replaces, but for keys that are to stay, which are only replaced. */
  private static final class Play {
    final Random random;
    final Index index = new Index();
    final Map<ChunkKey, Entry> present = new HashMap<>();
    private int added;

    Play(Random random) {
      this.random = random;
    }

    void addSome(int count) {
      for (int i = 0; i < count; i++) {
        put(entry("k" + added++));
      }
    }

    private void put(Entry entry) {
      Entry before = present.put(entry.key(), entry);
      if (before != null) {
        index.remove(entry.key(), before);
      }
      index.add(entry.key(), entry);
    }

    void changeSome(Set<ChunkKey> staying) {
      addSome(random.nextInt(100));
      List<ChunkKey> keys = new ArrayList<>(present.keySet());
      for (int i = random.nextInt(60); i > 0 && !keys.isEmpty(); i--) {
        ChunkKey key = keys.remove(random.nextInt(keys.size()));
        if (staying.contains(key)) {
          put(entry(key.toString()));
        } else {
          index.remove(key, present.remove(key));
        }
      }
    }
  }
}
