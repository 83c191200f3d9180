package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.store.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records that may still be valid on the device though they could not be left so: where they and
 * what they stand for lie must not be written to, and their chunks may be found again at the next
 * opening. Grows with the places that are lost, not with the attempts.
 */
final class StaleRecords {
  private final Map<ChunkKey, Throwable> causes = new HashMap<>(0);

  /** Where stretches start and end; they neither touch nor overlap. */
  private final TreeMap<Long, Long> stretches = new TreeMap<>();

  void add(ChunkKey key, Place record, Place payload, Throwable cause) {
    causes.put(key, cause);
    add(record);
    add(payload);
  }

  private void add(Place place) {
    long start = place.offset();
    long end = start + place.bytes();
    Map.Entry<Long, Long> last = stretches.floorEntry(end);
    while (last != null && last.getValue() >= start) {
      start = Math.min(start, last.getKey());
      end = Math.max(end, last.getValue());
      stretches.remove(last.getKey());
      last = stretches.floorEntry(end);
    }
    stretches.put(start, end);
  }

  /** Why a record of this key may still be valid; null where none may. */
  @Nullable Throwable causeOf(ChunkKey key) {
    return causes.get(key);
  }

  /** Whether any of it lies in this place. */
  boolean touch(Place place) {
    Map.Entry<Long, Long> last = stretches.lowerEntry(place.offset() + place.bytes());
    return last != null && last.getValue() > place.offset();
  }
}
