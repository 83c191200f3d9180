package io.daxflux.store;

import static io.daxflux.store.TinyArena.blocks;
import static io.daxflux.store.TinyArena.key;
import static io.daxflux.store.TinyArena.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Entries whose time is over. */
class ExpiryTest {
  private final TinyArena arena = new TinyArena(10);
  private final ChunkStore store = arena.store;
  private final Catalogue catalogue = store.catalogue();

  private void put(String name, long expiresAtMs) {
    store.commit(
        reserved(
            store.reserve(
                ChunkHead.of(key(name), blocks(1)).expiringAt(expiresAtMs), PutMode.REPLACE, 0)));
  }

  @Test
  void chunkIsThereUpToItsTimeAndNotFromThenOn() {
    put("a", 1000);
    put("never", ChunkHead.NEVER);

    arena.nowMs = 999;
    assertThat(arena.contains("a")).isTrue();
    assertThat(catalogue.hasExpired(key("a"))).isFalse();
    arena.nowMs = 1000;

    assertThat(arena.contains("a")).isFalse();
    assertThat(arena.lease("a")).isNull();
    assertThat(arena.pin("a")).isNull();
    assertThat(catalogue.prefixLength(List.of(key("never"), key("a")))).isEqualTo(1);
    assertThat(catalogue.hasExpired(key("a"))).isTrue();
    assertThat(catalogue.expire(key("a"), 2000)).isNull();
    assertThat(store.remove(key("a"))).isFalse();
    assertThat(catalogue.hasExpired(key("a"))).isFalse();
    assertThat(arena.events).containsExactly("stored a", "stored never", "expired a");
  }

  @Test
  void putInPlaceOfOneThatIsOverIsNoDuplicate() {
    put("a", 1000);
    arena.nowMs = 1000;

    arena.put("a", 1);

    assertThat(arena.contains("a")).isTrue();
    assertThat(arena.events).containsExactly("stored a", "expired a", "stored a");
    assertThat(catalogue.nextExpiryMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void readersOfOneThatIsOverFinish() {
    put("a", 1000);
    Lease lease = arena.lease("a");
    Pin pin = arena.pin("a");
    arena.nowMs = 1000;

    assertThat(catalogue.removeExpired(10)).isEqualTo(1);

    assertThat(arena.freeBlocks()).isEqualTo(9);
    store.release(lease, true);
    store.unpin(pin);
    assertThat(arena.freeBlocks()).isEqualTo(10);
  }

  @Test
  void noMoreAreRemovedThanAskedForAndTheFirstOnesFirst() {
    put("c", 1003);
    put("a", 1001);
    put("b", 1002);
    put("d", 1004);
    arena.nowMs = 1003;
    arena.forget();

    assertThat(catalogue.removeExpired(2)).isEqualTo(2);
    assertThat(arena.events).containsExactly("expired a", "expired b");
    assertThat(catalogue.removeExpired(2)).isEqualTo(1);
    assertThat(catalogue.removeExpired(2)).isZero();
    assertThat(catalogue.nextExpiryMs()).isEqualTo(1004);
  }

  @Test
  void whatIsEvictedOrReplacedExpiresNoMore() {
    TinyArena small = new TinyArena(1);
    small.store.commit(
        reserved(
            small.store.reserve(
                ChunkHead.of(key("a"), blocks(1)).expiringAt(1000), PutMode.REPLACE, 0)));
    small.put("b", 1);

    assertThat(small.store.catalogue().nextExpiryMs()).isEqualTo(Long.MAX_VALUE);
  }

  /** Against a map, by any sequence of puts, changes, removals and the passing of time. */
  @Test
  void timesAreThoseOfAModel() {
    Seeds.forEach(
        100,
        random -> {
          TinyArena drawn = new TinyArena(100);
          Map<String, Long> model = new TreeMap<>();
          for (int i = 0; i < 300; i++) {
            step(random, drawn, model);
            model.values().removeIf(at -> at != 0 && at <= drawn.nowMs);
            List<String> there = new ArrayList<>();
            for (int name = 0; name < 20; name++) {
              if (drawn.contains("k" + name)) {
                there.add("k" + name);
              }
            }
            assertThat(there).containsExactlyInAnyOrderElementsOf(model.keySet());
          }
        });
  }

  private static void step(Random random, TinyArena drawn, Map<String, Long> model) {
    String name = "k" + random.nextInt(20);
    long at = random.nextInt(3) == 0 ? 0 : drawn.nowMs + random.nextInt(50);
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        drawn.store.commit(
            reserved(
                drawn.store.reserve(
                    ChunkHead.of(key(name), blocks(1)).expiringAt(at), PutMode.REPLACE, 0)));
        model.put(name, at);
      }
      case 2 ->
          assertThat(drawn.store.catalogue().expire(key(name), at) != null)
              .isEqualTo(model.replace(name, at) != null);
      case 3 -> assertThat(drawn.remove(name)).isEqualTo(model.remove(name) != null);
      default -> {
        drawn.nowMs += random.nextInt(20);
        drawn.store.catalogue().removeExpired(random.nextInt(4));
      }
    }
  }
}
