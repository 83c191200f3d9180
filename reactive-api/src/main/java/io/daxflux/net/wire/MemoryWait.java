package io.daxflux.net.wire;

import io.daxflux.buffer.Output;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The output memory of one stream, and its waits for more. Memory that others hold is waited for at
 * most {@code restoreWait} in all; memory that only the stream's own subscriber holds only a
 * moment, for one that collects would never give anything back. On the client's event loop.
 */
final class MemoryWait {
  /** How long a subscriber that holds all of the memory may take to give some of it back. */
  private static final Duration OWN_MEMORY_GRACE = Duration.ofMillis(200);

  private enum For {
    NOTHING,
    OTHERS_MEMORY,
    OWN_COPIES,
    OWN_MEMORY
  }

  private final RemoteParts parts;
  private final Duration limit;
  private final Runnable whenSome;
  private final Runnable whenLate;
  private For waiting = For.NOTHING;
  private long sinceNs;
  private long ownBytes;
  private int filling;
  private @Nullable Future<?> alarm;

  /**
   * @param whenSome runs where memory came back
   * @param whenLate runs where none comes back in time, or there could never be enough
   */
  MemoryWait(RemoteParts parts, Runnable whenSome, Runnable whenLate) {
    this.parts = parts;
    this.limit = parts.restoreWait();
    this.whenSome = whenSome;
    this.whenLate = whenLate;
  }

  /** An output, or null: then it waits. */
  @Nullable Output tryAllocate(long bytes) {
    ClientOutputs outputs = parts.outputs();
    if (outputs.footprint(bytes) > outputs.capacityBytes()) {
      whenLate.run();
      return null;
    }
    Output output = outputs.isNext(whenSome) ? outputs.allocate(bytes) : null;
    if (output == null) {
      await();
    } else {
      stop();
      ownBytes += outputs.footprint(bytes);
    }
    return output;
  }

  /** How many outputs of the stream are being filled. */
  void filling(int outputs) {
    filling = outputs;
    if (waiting != For.NOTHING) {
      await();
    }
  }

  /** An output of the stream's is free again. */
  void freed(long footprintBytes) {
    ownBytes -= footprintBytes;
    if (waiting == For.OWN_MEMORY) {
      setAlarm(OWN_MEMORY_GRACE);
    }
  }

  private void await() {
    For next = whoseMemory();
    if (next == waiting) {
      return;
    }
    if (waiting == For.NOTHING) {
      sinceNs = System.nanoTime();
      parts.outputs().await(whenSome);
    }
    waiting = next;
    switch (next) {
      case OTHERS_MEMORY -> setAlarm(limit);
      case OWN_MEMORY -> setAlarm(OWN_MEMORY_GRACE);
      default -> clearAlarm();
    }
  }

  private For whoseMemory() {
    ClientOutputs outputs = parts.outputs();
    if (!outputs.isNext(whenSome) || outputs.takenBytes() > ownBytes) {
      return For.OTHERS_MEMORY;
    }
    return filling > 0 ? For.OWN_COPIES : For.OWN_MEMORY;
  }

  /** This long, but no longer than is left of what a stream may wait in all. */
  private void setAlarm(Duration wished) {
    clearAlarm();
    Duration left = limit.minusNanos(System.nanoTime() - sinceNs);
    Duration shorter = wished.compareTo(left) < 0 ? wished : left;
    alarm = parts.link().after(shorter.isNegative() ? Duration.ZERO : shorter, whenLate);
  }

  private void clearAlarm() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  /** It waits no longer. */
  void stop() {
    if (waiting != For.NOTHING) {
      waiting = For.NOTHING;
      clearAlarm();
      parts.outputs().leave(whenSome);
    }
  }
}
