package io.daxflux.reactive.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.daxflux.device.Device;
import io.daxflux.device.Refusal;
import io.daxflux.media.WatchedMedia;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A device of two images: what the processor sees, and what a loss of power would leave. Between
 * the two lie lines that were stored and not persisted, each of which may have reached the device
 * in any state that it went through ({@link LineHistory}).
 *
 * <p>Every store and every persist is a step. The device can end the machine in the middle of one;
 * of the bytes that were being stored, any words may then have been. It can refuse to persist, and
 * pages of it can go bad.
 */
final class SimulatedDevice implements Device, WatchedMedia.Watch {
  /** Bytes of a device. */
  record Range(long offset, long bytes) {}

  static final int PAGE_BYTES = 4096;
  private static final int WORD_BYTES = 8;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory;
  private final LineHistory lines;
  private final Random random;
  private final BitSet badPages = new BitSet();
  private Runnable beforeStep = () -> {};
  private int stepsToCut = -1;
  private boolean cut;
  private int refusesOneIn;
  private boolean failed;

  SimulatedDevice(long bytes, Random random) {
    this.memory = arena.allocate(bytes, PAGE_BYTES);
    this.lines = new LineHistory((int) bytes, random);
    this.random = random;
  }

  // --- What the test makes of it

  /** Runs before each step. */
  void beforeStep(Runnable action) {
    beforeStep = action;
  }

  /** Ends the machine in the step that comes after this many others. */
  void cutAfter(int steps) {
    stepsToCut = steps;
  }

  /** There is power again, or another thread that got further. */
  void resume() {
    cut = false;
    stepsToCut = -1;
  }

  /** Refuses one of so many times to persist; 0 for never. */
  void refuseOneIn(int times) {
    refusesOneIn = times;
  }

  /** Whether it refused something, or faulted in a store of records, since it was last asked. */
  boolean hasFailed() {
    return failed;
  }

  void forgetFailures() {
    failed = false;
  }

  /** A page faults from now on. */
  void spoil(long offset) {
    badPages.set((int) (offset / PAGE_BYTES));
  }

  /** All pages are good again, but nobody knows what is on those that were not. */
  void heal() {
    for (int page = badPages.nextSetBit(0); page >= 0; page = badPages.nextSetBit(page + 1)) {
      byte[] noise = new byte[PAGE_BYTES];
      random.nextBytes(noise);
      overwrite((long) page * PAGE_BYTES, noise);
    }
    badPages.clear();
  }

  boolean hasBadPages() {
    return !badPages.isEmpty();
  }

  /** Whether a page of these bytes is bad. */
  boolean isBad(long offset, long bytes) {
    int page = badPages.nextSetBit((int) (offset / PAGE_BYTES));
    return page >= 0 && bytes > 0 && page <= (offset + bytes - 1) / PAGE_BYTES;
  }

  /** One bit is no longer what it was, wherever it is looked at. */
  void flip(long offset, int bit) {
    byte found = memory.get(JAVA_BYTE, offset);
    overwrite(offset, new byte[] {(byte) (found ^ 1 << bit)});
  }

  private void overwrite(long offset, byte[] bytes) {
    int fits = (int) Math.min(bytes.length, memory.byteSize() - offset);
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, offset, fits);
    lines.overwritten(offset, Arrays.copyOf(bytes, fits));
  }

  /** What was stored so far is on the device for good. */
  void persistAll() {
    lines.stored(memory, 0, memory.byteSize());
    lines.persisted(0, memory.byteSize());
  }

  /** The power is gone, and back: of what was not persisted, any of it is left. */
  void losePower() {
    byte[] left = lines.losePower();
    MemorySegment.copy(left, 0, memory, JAVA_BYTE, 0, left.length);
  }

  /** What lies between the images. */
  LineHistory lines() {
    return lines;
  }

  /** Whether everything that was stored was seen to be. */
  boolean isAllSeen() {
    return lines.sees(memory);
  }

  // --- Steps

  private boolean step() {
    if (cut) {
      throw new PowerCut();
    }
    beforeStep.run();
    if (stepsToCut >= 0 && stepsToCut-- == 0) {
      cut = true;
    }
    return cut;
  }

  @Override
  public void read(long offset, long bytes) {
    if (isBad(offset, bytes)) {
      throw fault();
    }
  }

  @Override
  public void store(long offset, long bytes, Runnable store) {
    boolean faults = isBad(offset, bytes);
    store(List.of(new Range(offset, bytes)), store, faults);
    if (faults) {
      failed = true;
      throw fault();
    }
  }

  /** Payload is about to be stored; whether that faults is the copier's business. */
  void storePayload(List<Range> places, Runnable store) {
    store(places, store, false);
  }

  private void store(List<Range> places, Runnable store, boolean tears) {
    boolean ends = step();
    List<byte[]> before = new ArrayList<>(places.size());
    for (Range place : places) {
      before.add(bytesAt(place));
    }
    store.run();
    boolean shows = random.nextInt(4) == 0;
    for (int i = 0; i < places.size(); i++) {
      Range place = places.get(i);
      byte[] torn = torn(before.get(i), bytesAt(place));
      if (ends || tears) {
        MemorySegment.copy(torn, 0, memory, JAVA_BYTE, place.offset, torn.length);
      } else if (shows) {
        lines.passedThrough(place.offset, torn);
      }
      lines.stored(memory, place.offset, place.bytes);
    }
    if (ends) {
      throw new PowerCut();
    }
  }

  /** As the virtual machine says it. */
  private static InternalError fault() {
    return new InternalError("a fault occurred in an unsafe memory access operation (simulated)");
  }

  /** Any words of the one and the rest of the other. */
  private byte[] torn(byte[] before, byte[] after) {
    byte[] torn = after.clone();
    int odds = 1 + random.nextInt(4);
    for (int at = 0; at < torn.length; at += WORD_BYTES) {
      if (random.nextInt(odds + 1) == 0) {
        int end = Math.min(torn.length, at + WORD_BYTES);
        System.arraycopy(before, at, torn, at, end - at);
      }
    }
    return torn;
  }

  private byte[] bytesAt(Range place) {
    return memory.asSlice(place.offset, place.bytes).toArray(JAVA_BYTE);
  }

  @Override
  public void persist(long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, memory.byteSize());
    if (step()) {
      throw new PowerCut();
    }
    if (isBad(offset, bytes) || refusesOneIn > 0 && random.nextInt(refusesOneIn) == 0) {
      failed = true;
      throw Refusal.toPersist(name(), offset, bytes);
    }
    lines.persisted(offset, bytes);
  }

  // --- A device

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public Kind kind() {
    return Kind.FILE;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public Durability durability() {
    return Durability.POWER;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
