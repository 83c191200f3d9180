package io.daxflux.reactive.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The 64-byte lines of a device that were stored and not persisted, and what each of them was since
 * it last was. A cache writes lines back when it likes, whole, and in no order: so a loss of power
 * leaves any of these states of any line.
 */
final class LineHistory {
  static final int LINE_BYTES = 64;

  /** Of a line that is stored over and over, some of the states are enough. */
  private static final int MOST_FORMER_STATES = 6;

  private final Random random;

  /** What is there after a loss of power at the worst, and what the processor sees. */
  private final byte[] persisted;

  private final byte[] seen;

  private final BitSet dirty = new BitSet();

  /** States between the two. */
  private final Map<Integer, List<byte[]>> former = new HashMap<>();

  LineHistory(int bytes, Random random) {
    this.persisted = new byte[bytes];
    this.seen = new byte[bytes];
    this.random = random;
  }

  /** These bytes were stored. */
  void stored(MemorySegment memory, long offset, long bytes) {
    for (int line = first(offset); line <= last(offset, bytes); line++) {
      MemorySegment now = slice(memory, line);
      if (now.mismatch(slice(MemorySegment.ofArray(seen), line)) >= 0) {
        if (dirty.get(line)) {
          remember(line, stateIn(seen, line));
        }
        MemorySegment.copy(now, JAVA_BYTE, 0, seen, line * LINE_BYTES, (int) now.byteSize());
        dirty.set(line);
      }
    }
  }

  /** For a moment between two stores these bytes were there. */
  void passedThrough(long offset, byte[] bytes) {
    for (int line = first(offset); line <= last(offset, bytes.length); line++) {
      byte[] state = stateIn(seen, line);
      int from = (int) Math.max(offset, (long) line * LINE_BYTES);
      int end = (int) Math.min(offset + bytes.length, (long) line * LINE_BYTES + state.length);
      System.arraycopy(bytes, (int) (from - offset), state, from - line * LINE_BYTES, end - from);
      dirty.set(line);
      remember(line, state);
    }
  }

  private void remember(int line, byte[] state) {
    List<byte[]> states = former.computeIfAbsent(line, _ -> new ArrayList<>());
    if (states.size() < MOST_FORMER_STATES) {
      states.add(state);
    } else {
      states.set(random.nextInt(states.size()), state);
    }
  }

  /** These bytes are on the device, and with them the lines they are part of. */
  void persisted(long offset, long bytes) {
    int end = last(offset, bytes);
    for (int line = dirty.nextSetBit(first(offset)); line >= 0 && line <= end; ) {
      System.arraycopy(seen, line * LINE_BYTES, persisted, line * LINE_BYTES, lengthOf(line));
      former.remove(line);
      dirty.clear(line);
      line = dirty.nextSetBit(line + 1);
    }
  }

  /** These bytes have become others in every state. */
  void overwritten(long offset, byte[] bytes) {
    System.arraycopy(bytes, 0, seen, (int) offset, bytes.length);
    System.arraycopy(bytes, 0, persisted, (int) offset, bytes.length);
    for (int line = first(offset); line <= last(offset, bytes.length); line++) {
      former.remove(line);
    }
  }

  /** Chooses what is left, of which from now on everything is persisted. */
  byte[] losePower() {
    // Mostly new, mostly old, or either: each finds something that the others do not.
    int newOf8 = random.nextInt(9);
    for (int line = dirty.nextSetBit(0); line >= 0; line = dirty.nextSetBit(line + 1)) {
      boolean newest = random.nextInt(8) < newOf8;
      List<byte[]> states = former.get(line);
      if (states != null && random.nextInt(3) == 0) {
        byte[] state = states.get(random.nextInt(states.size()));
        System.arraycopy(state, 0, persisted, line * LINE_BYTES, state.length);
      } else if (newest) {
        System.arraycopy(seen, line * LINE_BYTES, persisted, line * LINE_BYTES, lengthOf(line));
      }
    }
    System.arraycopy(persisted, 0, seen, 0, seen.length);
    dirty.clear();
    former.clear();
    return seen;
  }

  /**
   * Shows every image that a loss of power could leave now, or, where there are more than that, so
   * many of them. What is shown is only valid for as long as it is looked at.
   *
   * @return whether those were all
   */
  boolean forEachImage(int most, Consumer<byte[]> look) {
    int[] lines = dirty.stream().toArray();
    List<List<byte[]>> states = new ArrayList<>();
    long count = 1;
    for (int line : lines) {
      List<byte[]> each = new ArrayList<>();
      each.add(stateIn(persisted, line));
      each.addAll(former.getOrDefault(line, List.of()));
      each.add(stateIn(seen, line));
      states.add(each);
      count = Math.min(Long.MAX_VALUE / 16, count * each.size());
    }
    byte[] image = persisted.clone();
    boolean all = count <= most;
    for (long i = 0; i < Math.min(count, most); i++) {
      long rest = i;
      for (int at = 0; at < lines.length; at++) {
        int size = states.get(at).size();
        int choice = all ? (int) (rest % size) : random.nextInt(size);
        rest /= size;
        byte[] state = states.get(at).get(choice);
        System.arraycopy(state, 0, image, lines[at] * LINE_BYTES, state.length);
      }
      look.accept(image);
    }
    return all;
  }

  boolean sees(MemorySegment memory) {
    return memory.mismatch(MemorySegment.ofArray(seen)) < 0;
  }

  private byte[] stateIn(byte[] image, int line) {
    return Arrays.copyOfRange(image, line * LINE_BYTES, line * LINE_BYTES + lengthOf(line));
  }

  private MemorySegment slice(MemorySegment memory, int line) {
    return memory.asSlice((long) line * LINE_BYTES, lengthOf(line));
  }

  private int lengthOf(int line) {
    return Math.min(LINE_BYTES, seen.length - line * LINE_BYTES);
  }

  private static int first(long offset) {
    return (int) (offset / LINE_BYTES);
  }

  private static int last(long offset, long bytes) {
    return (int) ((offset + bytes - 1) / LINE_BYTES);
  }
}
