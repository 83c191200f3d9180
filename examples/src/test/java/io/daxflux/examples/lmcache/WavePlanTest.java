package io.daxflux.examples.lmcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.examples.lmcache.WavePlan.Item;
import io.daxflux.examples.lmcache.WavePlan.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WavePlanTest {
  @Test
  void batchThatFitsOneRegionIsOneTask() {
    List<List<Region>> waves = WavePlan.plan(adjoining(39, 1 << 20), 2, 128 << 20);

    assertThat(waves).hasSize(1);
    assertThat(waves.getFirst()).hasSize(1);
    assertThat(waves.getFirst().getFirst().items()).hasSize(39);
  }

  @Test
  void regionsAreFilledOneAfterTheOtherAndWavesFollow() {
    List<List<Region>> waves = WavePlan.plan(adjoining(11, 10), 2, 25);

    assertThat(waves.stream().map(WavePlanTest::sizes))
        .containsExactly(List.of(2, 2), List.of(2, 2), List.of(2, 1));
    assertThat(waves.get(1)).extracting(Region::slabOffset).containsExactly(0L, 25L);
  }

  @Test
  void itemsAreTakenInTheOrderOfTheArena() {
    List<Item> items = List.of(new Item(0, 200, 10), new Item(1, 0, 10), new Item(2, 100, 10));

    List<Region> wave = WavePlan.plan(items, 1, 100).getFirst();

    assertThat(wave.getFirst().items()).extracting(Item::index).containsExactly(1, 2, 0);
  }

  @Test
  void itemsThatAdjoinAreOneSpanAndGapsEndIt() {
    List<Item> items =
        List.of(new Item(0, 0, 10), new Item(1, 10, 10), new Item(2, 21, 10), new Item(3, 31, 10));

    List<Item> spans = WavePlan.plan(items, 1, 100).getFirst().getFirst().spans();

    assertThat(spans).containsExactly(new Item(0, 0, 20), new Item(2, 21, 20));
  }

  @Test
  void spansDoNotCrossRegions() {
    List<Region> wave = WavePlan.plan(adjoining(4, 10), 2, 20).getFirst();

    assertThat(wave)
        .flatExtracting(Region::spans)
        .extracting(Item::bytes)
        .containsExactly(20L, 20L);
  }

  @Test
  void itemLargerThanRegionIsRefused() {
    assertThatThrownBy(() -> WavePlan.plan(adjoining(1, 21), 2, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item: expected at most 20 bytes, a region's, found 21");
  }

  private static List<Integer> sizes(List<Region> wave) {
    return wave.stream().map(region -> region.items().size()).toList();
  }

  private static List<Item> adjoining(int count, long bytes) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item(i, i * bytes, bytes));
    }
    return items;
  }
}
