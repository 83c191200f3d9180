package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.testkit.Seeds;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  @Test
  void aKeyIsTakenOnce() {
    Seeds.forEach(
        50,
        random -> {
          int most = 1 + random.nextInt(300);
          KeyTable table = new KeyTable(most);
          Set<ChunkKey> model = new HashSet<>();
          for (int i = 0; i < most; i++) {
            ChunkKey key = ChunkKey.of("key" + random.nextInt(most));
            assertThat(table.add(key)).isEqualTo(model.add(key));
          }
        });
  }

  /** All of one hash, as somebody may choose them. */
  @Test
  void keysOfOneHashAreToldApart() {
    KeyTable table = new KeyTable(1 << 12);
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < 1 << 12; i++) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
          text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        ChunkKey key = ChunkKey.of(text.toString());
        assertThat(key.hashCode()).isEqualTo(ChunkKey.of("Aa".repeat(12)).hashCode());
        assertThat(table.add(key)).isEqualTo(turn == 0);
      }
    }
  }
}
