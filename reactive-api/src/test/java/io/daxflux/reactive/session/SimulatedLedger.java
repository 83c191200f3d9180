package io.daxflux.reactive.session;

import static io.daxflux.reactive.session.SimulatedVersion.State.GONE;
import static io.daxflux.reactive.session.SimulatedVersion.State.LEAVING;
import static io.daxflux.reactive.session.SimulatedVersion.State.PUT;
import static io.daxflux.reactive.session.SimulatedVersion.State.READABLE;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.media.MediaGeometry;
import io.daxflux.media.RecoveredChunk;
import io.daxflux.media.WatchedMedia;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.store.IndexView;
import io.daxflux.store.IndexView.Placed;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The judge of a simulation: what was put, what can be read, what must be there after a crash and
 * what must not.
 */
final class SimulatedLedger {
  private final List<SimulatedVersion> versions = new ArrayList<>();

  /** What has not gone for good. */
  private final Set<SimulatedVersion> alive = new LinkedHashSet<>();

  private final Map<ChunkKey, SimulatedVersion> readable = new HashMap<>();

  /** Of each key, what was readable last. */
  private final Map<ChunkKey, SimulatedVersion> latest = new HashMap<>();

  private final List<SimulatedVersion> removedInStep = new ArrayList<>();

  /** How many removals were asked for, and not seen to do anything. */
  private final Map<ChunkKey, Integer> removals = new HashMap<>();

  int now;

  /** Somebody asks for a put. */
  SimulatedVersion put(
      ChunkKey key, int length, int attributeBytes, boolean checked, boolean power) {
    SimulatedVersion version =
        new SimulatedVersion(versions.size(), key, length, attributeBytes, checked, power);
    versions.add(version);
    alive.add(version);
    return version;
  }

  // --- What the store says of itself

  /** Takes down what happened in the index; the store is as the event left it. */
  void happened(StoreEvent event, StoreLoop loop) {
    if (event instanceof StoreEvent.Stored) {
      Placed placed = placed(event.key(), loop);
      SimulatedVersion version = known(placed.key(), placed.attributes());
      require(version.state == PUT, "stored, and was not being put", version);
      require(!version.uncommitted, "stored, and was not committed", version);
      require(!readable.containsKey(version.key), "stored beside another", version);
      enter(version);
      version.durable = version.payloadDurable;
      locate(
          version, placed.unit(), placed.units(), placed.payloadOffset(), loop.media().geometry());
      return;
    }
    SimulatedVersion version = readable.remove(event.key());
    require(version != null, "left, and was not readable", event);
    if (event instanceof StoreEvent.Corrupted) {
      require(version.damaged, "found corrupt, and is not", version);
    } else if (event instanceof StoreEvent.Removed) {
      removedInStep.add(version);
    }
    leave(version);
  }

  private static Placed placed(ChunkKey key, StoreLoop loop) {
    return IndexView.of(loop.store()).stream()
        .filter(placed -> placed.readable() && placed.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError("stored, and not in the index: " + key));
  }

  private void enter(SimulatedVersion version) {
    version.state = READABLE;
    latest.put(version.key, version);
    version.readableAt = now;
    readable.put(version.key, version);
  }

  private void leave(SimulatedVersion version) {
    version.state = LEAVING;
    version.leftAt = now;
    version.lastEvent = Long.MAX_VALUE;
  }

  private void locate(
      SimulatedVersion version, long unit, long units, long payloadOffset, MediaGeometry geometry) {
    version.recordOffset = geometry.unitOffset(unit);
    version.recordBytes = units * MediaGeometry.UNIT_BYTES;
    version.payloadOffset = payloadOffset;
  }

  /** Somebody asks for a removal. */
  void removing(ChunkKey key) {
    removals.merge(key, 1, Integer::sum);
  }

  /** A step of the store's thread is over: by then it has queued what follows from what it did. */
  void storeStepped(CommitLine journal) {
    for (SimulatedVersion version : removedInStep) {
      boolean replaced = latest.get(version.key) != version;
      require(
          replaced || removals.merge(version.key, -1, Integer::sum) >= 0,
          "removed, and neither replaced nor asked to go",
          version);
    }
    removedInStep.clear();
    for (SimulatedVersion version : alive) {
      if (version.state == LEAVING && version.lastEvent == Long.MAX_VALUE) {
        version.lastEvent = journal.newest();
      }
    }
  }

  /** A put has ended without success; its record, if it had one, is being invalidated. */
  void cameToNothing(SimulatedVersion version, CommitLine journal) {
    if (version.state == PUT) {
      leave(version);
      version.lastEvent = journal.newest();
    }
  }

  /** Those that have left, and whose last event is over, do not come back after a crash. */
  void settleLeaving(CommitLine journal) {
    for (SimulatedVersion version : List.copyOf(alive)) {
      if (version.state == LEAVING && journal.isOver(version.lastEvent)) {
        gone(version);
      }
    }
  }

  /**
   * Nothing stands in the way of those whose last event is over: a crash does not bring them back.
   *
   * @param inOrder whether the device did all that was asked of it
   */
  void settle(CommitLine journal, List<Placed> placed, boolean inOrder) {
    if (!inOrder) {
      alive.forEach(version -> version.unordered |= version.state == LEAVING);
      return;
    }
    Set<Integer> held = new HashSet<>();
    for (Placed each : placed) {
      held.add(SimulatedVersion.numberIn(each.attributes()));
    }
    for (SimulatedVersion version : List.copyOf(alive)) {
      boolean over =
          switch (version.state) {
            case LEAVING -> journal.isOver(version.lastEvent);
            case PUT -> journal.isIdle() && !held.contains(version.number);
            case READABLE, GONE -> false;
          };
      if (over) {
        gone(version);
      }
    }
  }

  private void gone(SimulatedVersion version) {
    version.state = GONE;
    version.leftAt = Math.min(version.leftAt, now);
    alive.remove(version);
  }

  /** A removal was acknowledged: all that was readable before it was asked for is gone for good. */
  void removed(ChunkKey key, int askedAt) {
    for (SimulatedVersion version : List.copyOf(alive)) {
      if (version.key.equals(key) && version.readableAt < askedAt && version.readableAt > 0) {
        require(version.state != READABLE, "removed, and still readable", version);
        gone(version);
      }
    }
  }

  // --- What subscribers see

  /** A chunk was delivered. */
  SimulatedVersion served(
      ChunkKey key,
      Attributes attributes,
      @Nullable MemorySegment bytes,
      int askedAt,
      boolean verifies) {
    SimulatedVersion version = known(key, attributes);
    require(version.readableAt > 0, "served, and was never readable", version);
    require(version.leftAt >= askedAt, "served, and had left at " + version.leftAt, version);
    if (bytes != null && (!version.damaged || version.checked && verifies)) {
      require(version.isIn(bytes), "served with wrong bytes", version);
    }
    return version;
  }

  /** A chunk was said not to be there. */
  void absent(ChunkKey key, int askedAt) {
    SimulatedVersion version = readable.get(key);
    require(
        version == null || version.readableAt >= askedAt,
        "said to be absent since " + askedAt,
        version);
  }

  /** A chunk was said to be corrupt. */
  void corrupt(ChunkKey key) {
    require(
        versions.stream().anyMatch(version -> version.key.equals(key) && version.damaged),
        "said to be corrupt",
        key);
  }

  private SimulatedVersion known(ChunkKey key, Attributes attributes) {
    int number = SimulatedVersion.numberIn(attributes);
    require(number >= 0 && number < versions.size(), "never put", key + " v" + number);
    SimulatedVersion version = versions.get(number);
    require(version.key.equals(key), "of another key than " + key, version);
    return version;
  }

  /** Fails unless this is what the index holds. */
  void assertSameAs(List<Placed> placed) {
    Set<SimulatedVersion> found = new HashSet<>();
    for (Placed each : placed) {
      if (each.readable()) {
        found.add(known(each.key(), each.attributes()));
      }
    }
    for (SimulatedVersion version : readable.values()) {
      require(found.remove(version), "not in the index any more", version);
    }
    require(found.isEmpty(), "in the index, and should not be", found);
  }

  // --- Crashes

  /** What is readable; for those who look for something to damage. */
  List<SimulatedVersion> readable() {
    return List.copyOf(readable.values());
  }

  List<SimulatedVersion> alive() {
    return List.copyOf(alive);
  }

  /**
   * The power was lost.
   *
   * @param promised whether whoever wrote last was to survive that
   */
  void powerLost(boolean promised) {
    for (SimulatedVersion version : promised ? alive : versions) {
      version.mayReturn |= !promised;
      version.damaged |= !version.payloadDurable || !promised && version.state != READABLE;
    }
  }

  /**
   * Judges what is on a device.
   *
   * @param image the device, to look at the payloads
   * @param promised whether what was acknowledged is to be there
   */
  void judge(
      List<RecoveredChunk> chunks,
      MediaGeometry geometry,
      MemorySegment image,
      SimulatedDevice device,
      boolean promised,
      boolean powerLost) {
    Map<ChunkKey, SimulatedVersion> found = new HashMap<>();
    for (RecoveredChunk chunk : chunks) {
      SimulatedVersion version = known(chunk.record().key(), chunk.record().attributes());
      require(found.put(version.key, version) == null, "found twice", version);
      require(!version.uncommitted, "found, and was not committed", version);
      require(!promised || version.state != GONE || version.mayReturn, "came back", version);
      SimulatedVersion last = latest.get(version.key);
      require(
          !promised
              || version.state != LEAVING
              || version.readableAt == 0
              || version.unordered
              || last == version
              || isRecordLost(last, device),
          "came back, though replaced by " + last,
          version);
      require(chunk.record().layout().bytes() == version.bytes.length, "of other length", version);
      if (!version.damaged && !(powerLost && !version.payloadDurable)) {
        long offset = payloadOffset(chunk, geometry);
        MemorySegment payload = image.asSlice(offset, version.bytes.length);
        require(
            device.isBad(offset, version.bytes.length) || version.isIn(payload),
            "found with wrong bytes",
            version);
      }
    }
    for (SimulatedVersion version : readable.values()) {
      SimulatedVersion instead = found.get(version.key);
      boolean replaced =
          instead != version
              && instead != null
              && (instead.state == PUT
                  || !promised
                  || instead.state == LEAVING && instead.number > version.number);
      boolean excused =
          isRecordLost(version, device)
              || powerLost && !version.durable
              || !promised && hasRival(version);
      require(
          instead == version || replaced || excused,
          "lost in the crash, found " + instead,
          version);
    }
  }

  private static boolean isRecordLost(SimulatedVersion version, SimulatedDevice device) {
    return version.unrecorded || device.isBad(version.recordOffset, version.recordBytes);
  }

  /** Whether another one may have taken its place, and then been lost itself. */
  private boolean hasRival(SimulatedVersion version) {
    return alive.stream().anyMatch(other -> other != version && other.key.equals(version.key));
  }

  String describe(List<RecoveredChunk> found) {
    StringBuilder text = new StringBuilder();
    for (RecoveredChunk chunk : found) {
      int number = SimulatedVersion.numberIn(chunk.record().attributes());
      text.append('v').append(number).append('@').append(chunk.unit()).append(' ');
    }
    return text.toString();
  }

  private static long payloadOffset(RecoveredChunk chunk, MediaGeometry geometry) {
    if (!chunk.record().isInline()) {
      return geometry.blockOffset(chunk.record().firstBlock());
    }
    return geometry.unitOffset(chunk.unit()) + WatchedMedia.valueOffset(chunk.record());
  }

  /** From now on this is what is there, and nothing else. */
  void reopened(
      List<RecoveredChunk> chunks, MediaGeometry geometry, boolean settled, boolean power) {
    readable.clear();
    removals.clear();
    removedInStep.clear();
    Set<SimulatedVersion> found = new HashSet<>();
    for (RecoveredChunk chunk : chunks) {
      SimulatedVersion version = known(chunk.record().key(), chunk.record().attributes());
      found.add(version);
      alive.add(version);
      enter(version);
      version.leftAt = Integer.MAX_VALUE;
      version.payloadDurable |= settled;
      version.durable |= version.payloadDurable && (settled || power);
      locate(version, chunk.unit(), chunk.units(), payloadOffset(chunk, geometry), geometry);
    }
    for (SimulatedVersion version : List.copyOf(alive)) {
      if (!found.contains(version)) {
        gone(version);
      }
    }
  }

  static void require(boolean holds, String found, Object what) {
    if (!holds) {
      throw new AssertionError(what + ": " + found);
    }
  }
}
