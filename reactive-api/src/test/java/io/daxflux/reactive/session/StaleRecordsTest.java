package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.store.Place;
import io.daxflux.testkit.Seeds;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StaleRecordsTest {
  private static final int BYTES = 40;

  @Test
  void touchesWhatWasAddedAndNothingElse() {
    Seeds.forEach(
        200,
        random -> {
          StaleRecords stale = new StaleRecords();
          BitSet added = new BitSet();
          for (int i = 0; i < 8; i++) {
            Place record = place(random);
            Place payload = place(random);
            stale.add(ChunkKey.of("k"), record, payload, new AssertionError());
            added.set((int) record.offset(), (int) (record.offset() + record.bytes()));
            added.set((int) payload.offset(), (int) (payload.offset() + payload.bytes()));
            assertTouches(stale, added);
          }
        });
  }

  private static Place place(Random random) {
    return new Place(random.nextInt(BYTES), 1 + random.nextInt(5));
  }

  private static void assertTouches(StaleRecords stale, BitSet added) {
    for (int from = 0; from < BYTES; from++) {
      for (int bytes = 1; bytes < 8; bytes++) {
        assertThat(stale.touch(new Place(from, bytes)))
            .as("%d bytes from %d on, of %s", bytes, from, added)
            .isEqualTo(!added.get(from, from + bytes).isEmpty());
      }
    }
  }
}
