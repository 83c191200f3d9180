package io.daxflux.media;

import io.daxflux.device.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A device's memory as a loss of power sees it. Lines of 64 bytes reach the medium one by one and
 * whenever they like: until its line is persisted, any prefix of the stores to it may be what is
 * left of them, for each line by itself. Looks at crashes after every store and every persist.
 */
final class TornMemory extends MediaMemory {
  private static final int LINE_BYTES = 64;

  private final MemoryFile medium;
  private final Random random;
  private final int mostCrashes;
  private final Check check;

  /** What each line has been since it was persisted last, the medium's state first. */
  private final TreeMap<Long, List<byte[]>> dirty = new TreeMap<>();

  private final MemoryFile crashed;
  private long crashes;

  /** What must hold of a device after a crash; it may be written to. */
  interface Check {
    void holds(MemoryFile device);
  }

  /**
   * The memory of a device that is written through to this.
   *
   * @param mostCrashes how many states to look at after each step: all there are, where those are
   *     no more, else as many by chance
   */
  TornMemory(Device device, Random random, int mostCrashes, Check check) {
    super(device);
    this.medium = MemoryFile.copyOf(device);
    this.crashed = MemoryFile.copyOf(device);
    this.random = random;
    this.mostCrashes = mostCrashes;
    this.check = check;
  }

  /** How many crashes were looked at. */
  long crashes() {
    return crashes;
  }

  @Override
  void write(long offset, byte[] from, int at, int bytes) {
    long end = offset + bytes;
    for (long line = offset / LINE_BYTES; line * LINE_BYTES < end; line++) {
      long start = Math.max(offset, line * LINE_BYTES);
      int length = (int) (Math.min(end, (line + 1) * LINE_BYTES) - start);
      touch(line, () -> super.write(start, from, at + (int) (start - offset), length));
    }
    lookAtCrashes();
  }

  @Override
  void writeWord(long offset, long word) {
    touch(offset / LINE_BYTES, () -> super.writeWord(offset, word));
    lookAtCrashes();
  }

  private void touch(long line, Runnable store) {
    List<byte[]> versions = dirty.computeIfAbsent(line, n -> new ArrayList<>(List.of(read(n))));
    store.run();
    versions.add(read(line));
  }

  private byte[] read(long line) {
    return Stores.read(device(), line * LINE_BYTES, LINE_BYTES);
  }

  @Override
  void persist(long offset, long bytes) {
    long from = offset / LINE_BYTES;
    long end = Math.ceilDiv(offset + bytes, LINE_BYTES);
    var persisted = dirty.subMap(from, end);
    persisted.forEach((line, versions) -> put(medium, line, versions.getLast()));
    persisted.clear();
    lookAtCrashes();
  }

  /** Looks at what may be left if the power is lost now. */
  void lookAtCrashes() {
    List<Long> lines = List.copyOf(dirty.keySet());
    long states = 1;
    for (long line : lines) {
      states = Math.min(mostCrashes + 1L, states * dirty.get(line).size());
    }
    if (states <= mostCrashes) {
      enumerate(lines, 0, new int[lines.size()]);
    } else {
      for (int i = 0; i < mostCrashes; i++) {
        int bias = random.nextInt(1, 8);
        crash(
            lines, versions -> random.nextInt(8) < bias ? versions - 1 : random.nextInt(versions));
      }
    }
  }

  private void enumerate(List<Long> lines, int next, int[] chosen) {
    if (next == lines.size()) {
      int[] at = {0};
      crash(lines, _ -> chosen[at[0]++]);
      return;
    }
    int versions = dirty.get(lines.get(next)).size();
    for (chosen[next] = 0; chosen[next] < versions; chosen[next]++) {
      enumerate(lines, next + 1, chosen);
    }
  }

  private interface Choice {
    int of(int versions);
  }

  private void crash(List<Long> lines, Choice choice) {
    crashed.copyFrom(medium);
    for (long line : lines) {
      List<byte[]> versions = dirty.get(line);
      put(crashed, line, versions.get(choice.of(versions.size())));
    }
    crashes++;
    check.holds(crashed);
  }

  private static void put(MemoryFile to, long line, byte[] bytes) {
    Stores.write(to, line * LINE_BYTES, bytes);
  }
}
