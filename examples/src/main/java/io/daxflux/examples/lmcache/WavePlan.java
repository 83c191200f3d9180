package io.daxflux.examples.lmcache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How #2904 plans: chunks in the order of the arena fill one region after the other, as far as each
 * goes; when all regions are full the next wave begins. Regions are not balanced.
 */
final class WavePlan {
  private WavePlan() {}

  /**
   * A chunk to be restored.
   *
   * @param index which one, in the order of the request
   */
  record Item(int index, long offset, long bytes) {}

  /**
   * What one task copies.
   *
   * @param slabOffset where its part of the slab starts, in which its items lie back to back
   */
  record Region(long slabOffset, List<Item> items) {
    /** Items that adjoin in the arena, as one: what is read in one go. */
    List<Item> spans() {
      List<Item> spans = new ArrayList<>();
      for (Item item : items) {
        Item last = spans.isEmpty() ? null : spans.getLast();
        if (last != null && last.offset + last.bytes == item.offset) {
          spans.set(spans.size() - 1, new Item(last.index, last.offset, last.bytes + item.bytes));
        } else {
          spans.add(item);
        }
      }
      return spans;
    }
  }

  /**
   * Plans.
   *
   * @return waves of at most so many regions, each begun when the one before it has ended
   */
  static List<List<Region>> plan(List<Item> items, int maxRegions, long regionBytes) {
    List<Item> ordered = new ArrayList<>(items);
    ordered.sort(Comparator.comparingLong(Item::offset));
    List<List<Region>> waves = new ArrayList<>();
    List<Region> wave = List.of();
    long used = regionBytes + 1;
    for (Item item : ordered) {
      if (item.bytes > regionBytes) {
        throw new IllegalArgumentException(
            "item: expected at most " + regionBytes + " bytes, a region's, found " + item.bytes);
      }
      if (used + item.bytes > regionBytes) {
        if (waves.isEmpty() || wave.size() == maxRegions) {
          wave = new ArrayList<>();
          waves.add(wave);
        }
        wave.add(new Region(wave.size() * regionBytes, new ArrayList<>()));
        used = 0;
      }
      wave.getLast().items.add(item);
      used += item.bytes;
    }
    return waves;
  }
}
