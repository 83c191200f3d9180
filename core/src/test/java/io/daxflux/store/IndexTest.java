package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class IndexTest {
  private static final Form FORM = new Form(ChunkLayout.blob(1), Attributes.NONE, 1, 1, 0, 0);

  private static Entry entry(ChunkKey key) {
    return Entry.of(key, FORM);
  }

  private static Set<Entry> visited(Index index) {
    Set<Entry> all = new HashSet<>();
    index.forEach(entry -> assertThat(all.add(entry)).as("visited once").isTrue());
    return all;
  }

  /** Adds, removes and looks up at random, through several growths, among keys that may collide. */
  @Test
  void agreesWithAMap() {
    Seeds.forEach(
        30,
        random -> {
          int keys = 1 + random.nextInt(4000);
          int addsOf10 = 3 + random.nextInt(6);
          Index index = new Index();
          Map<ChunkKey, Entry> model = new HashMap<>();
          for (int step = 0; step < 6000; step++) {
            ChunkKey key = ChunkKey.of("k" + random.nextInt(keys));
            Entry there = model.get(key);
            assertThat(index.get(key)).isSameAs(there);
            if (there == null && random.nextInt(10) < addsOf10) {
              Entry added = entry(key);
              index.add(key, added);
              model.put(key, added);
            } else if (there != null && random.nextInt(10) >= addsOf10) {
              index.remove(key, there);
              model.remove(key);
            }
            assertThat(index.size()).isEqualTo(model.size());
            if (step % 500 == 0) {
              assertThat(visited(index)).isEqualTo(new HashSet<>(model.values()));
            }
          }
          for (int i = 0; i < keys; i++) {
            ChunkKey key = ChunkKey.of("k" + i);
            assertThat(index.get(key)).isSameAs(model.get(key));
          }
        });
  }

  /** Keys of one hash make one long cluster, which may lie round the table's end. */
  @Test
  void keysOfOneHashAreToldApart() {
    Random random = new Random(1);
    List<ChunkKey> keys = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 8; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // the oldest collision there is
      }
      keys.add(ChunkKey.of(text.toString()));
    }
    assertThat(keys.stream().mapToInt(ChunkKey::hashCode).distinct().count()).isEqualTo(1);
    Index index = new Index();
    Map<ChunkKey, Entry> model = new HashMap<>();
    for (ChunkKey key : keys) {
      Entry added = entry(key);
      index.add(key, added);
      model.put(key, added);
      for (ChunkKey other : keys) {
        assertThat(index.get(other)).isSameAs(model.get(other));
      }
    }
    while (!model.isEmpty()) {
      Entry gone = model.remove(keys.remove(random.nextInt(keys.size())));
      index.remove(gone.key(), gone);
      assertThat(index.get(gone.key())).isNull();
      for (ChunkKey other : keys) {
        assertThat(index.get(other)).isSameAs(model.get(other));
      }
    }
    assertThat(index.size()).isZero();
  }

  @Test
  void whatIsNotThereCannotBeRemoved() {
    Index index = new Index();
    ChunkKey key = ChunkKey.of("a");
    index.add(key, entry(key));

    assertThatThrownBy(() -> index.remove(key, entry(key)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("not in the index: ");
  }
}
