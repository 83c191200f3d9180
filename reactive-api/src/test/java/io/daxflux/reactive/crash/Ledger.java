package io.daxflux.reactive.crash;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What may be in a file, going by what was reported about it: for each key the version that was
 * acknowledged, those that may have come after it, and whether it may be gone.
 *
 * <p>Reports of one key come in the order of its changes, except that an eviction may be reported
 * before the outcome of the put that it undoes. So stored versions are counted twice, as events and
 * as outcomes: an eviction is about the version whose event came last.
 */
final class Ledger {
  /** One key. */
  private static final class Page {
    /** The version that was acknowledged last; 0 for none. */
    long acknowledged;

    /** Put after that, and not yet acknowledged. */
    final TreeSet<Long> underWay = new TreeSet<>();

    /** Its removal was asked for after that, and not yet acknowledged. */
    boolean removalUnderWay;

    int storedOutcomes;
    int storedEvents;

    /** How many versions had been stored when the last of them was evicted. */
    int evictedAfter = -1;

    boolean mayBe(long version) {
      return version == acknowledged || underWay.contains(version);
    }

    boolean mayBeGone() {
      return acknowledged == 0 || removalUnderWay || evictedAfter >= storedOutcomes;
    }

    void settle(long version) {
      acknowledged = version;
      underWay.clear();
      removalUnderWay = false;
      storedOutcomes = 0;
      storedEvents = 0;
      evictedAfter = -1;
    }
  }

  private final Map<ChunkKey, Page> pages = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final KillFigures figures;
  private boolean formatting;
  private boolean evicts;

  Ledger(KillFigures figures) {
    this.figures = figures;
    Universe.all().forEach(key -> pages.put(key, new Page()));
  }

  /** All is given up: a file without content. */
  void forget() {
    pages.values().forEach(page -> page.settle(0));
  }

  /** The next process will format: until it says that it has, all may be there, or nothing. */
  void formats() {
    formatting = true;
  }

  /** Takes down a line of the process that was killed. */
  void read(String kind, String[] words) {
    switch (kind) {
      case Report.PHASE -> {
        if (words[0].equals(Report.OPENED) && formatting) {
          formatting = false;
          forget();
        }
      }
      case Report.PUTTING -> page(words[0]).underWay.add(Long.parseLong(words[1]));
      case Report.STORED -> {
        Page page = page(words[0]);
        page.acknowledged = page.underWay.last();
        page.underWay.clear();
        page.storedOutcomes++;
        figures.commits++;
      }
      case Report.NOT_STORED -> {
        Page page = page(words[0]);
        page.underWay.remove(page.underWay.last());
      }
      case Report.REMOVING -> page(words[0]).removalUnderWay = true;
      case Report.REMOVED -> {
        Page page = page(words[0]);
        page.acknowledged = 0;
        page.removalUnderWay = false;
        figures.removals++;
      }
      case Report.EVENT -> happened(page(words[0]), words);
      default -> wrong.add(kind + " " + String.join(" ", words));
    }
  }

  private void happened(Page page, String[] words) {
    switch (words[1]) {
      case "Stored" -> page.storedEvents++;
      case "Evicted" -> {
        page.evictedAfter = page.storedEvents;
        evicts = true;
        figures.evictions++;
      }
      case "Removed" -> {}
      default -> wrong.add("event " + String.join(" ", words));
    }
  }

  /**
   * Judges what is in the file, and takes it as what is there from now on.
   *
   * @param found the version of each key that is there
   * @param roomy whether the file has room for everything: nothing is evicted unseen then
   */
  void judge(Map<ChunkKey, Long> found, boolean roomy) {
    boolean emptied = formatting && found.isEmpty();
    boolean evictsUnseen = isPayloadUnderWay() && (evicts || !roomy);
    pages.forEach(
        (key, page) -> {
          long version = found.getOrDefault(key, 0L);
          if (version != 0 && !page.mayBe(version)) {
            wrong.add("%s is there as %d, expected %s".formatted(key, version, expected(page)));
          } else if (version == 0 && !emptied && !page.mayBeGone()) {
            if (evictsUnseen && isPayload(key)) {
              figures.evictedUnseen++;
            } else {
              figures.lost.add(key + " is not there, expected " + expected(page));
            }
          }
          page.settle(version);
        });
    figures.wrong.addAll(wrong);
    wrong.clear();
    formatting = false;
    evicts = false;
  }

  private boolean isPayloadUnderWay() {
    return pages.entrySet().stream()
        .anyMatch(entry -> isPayload(entry.getKey()) && !entry.getValue().underWay.isEmpty());
  }

  /** Values that lie in their records never run out of room here: none of them is evicted. */
  private static boolean isPayload(ChunkKey key) {
    return key.toString().charAt(0) != VersionedChunks.INLINE;
  }

  /** Takes what is in the file as what is there from now on. */
  void take(Map<ChunkKey, Long> content) {
    pages.forEach((key, page) -> page.settle(content.getOrDefault(key, 0L)));
  }

  private static String expected(Page page) {
    return "%d, or of %s".formatted(page.acknowledged, page.underWay);
  }

  private Page page(String key) {
    return pages.get(ChunkKey.of(key));
  }
}
