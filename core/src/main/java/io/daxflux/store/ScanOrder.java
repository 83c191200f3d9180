package io.daxflux.store;

/**
 * The order in which a table that may grow is walked, with a cursor between the steps: by the slots
 * that keys belong to, counted with their bits reversed. When a table doubles, each slot's keys
 * divide between two slots that stand next to each other in this order. So a cursor divides them
 * into those behind it and those before it whatever the table's size, and none that stays is
 * missed.
 */
final class ScanOrder {
  private ScanOrder() {}

  /**
   * The cursor behind the one whose slot was visited; 0 behind the last.
   *
   * @param mask of the table's slots, a power of two less one
   */
  static int next(int cursor, int mask) {
    return Integer.reverse(Integer.reverse(cursor | ~mask) + 1);
  }
}
