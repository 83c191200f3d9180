package io.daxflux.reactive.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.testkit.Seeds;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random requests all at once, on an arena and an output memory that are too small for them, with
 * cancels, late closes and the clock among the steps. What is served must be a version of its key
 * that was put and not known to be gone when it was asked for, byte for byte until it is closed;
 * every request that is not cancelled must end; and in the end nothing may be left.
 */
class InterleavingModelTest {
  private static final int KEYS = 8;
  private static final int STEPS = 4_000;

  @Test
  void whatIsServedWasPutAndNothingIsLeft() {
    Seeds.forEach(12, random -> new Run(random).make(STEPS));
  }

  @Test
  @Tag("full")
  void whatIsServedWasPutAndNothingIsLeftForLong() {
    Seeds.forEach(2_000, random -> new Run(random).make(2 * STEPS));
  }

  /** A request under way, and what to do with what it delivers. */
  private static final class Asked<T> {
    final Receiver<T> receiver;
    private final Consumer<T> onValue;
    private int seen;

    Asked(Receiver<T> receiver, Consumer<T> onValue) {
      this.receiver = receiver;
      this.onValue = onValue;
    }

    void look() {
      while (seen < receiver.received().size()) {
        onValue.accept(receiver.received().get(seen++));
      }
    }

    boolean isOver() {
      return receiver.isEnded() || receiver.isCancelled();
    }
  }

  /** Bytes that were received and are still held. */
  private record Held(AutoCloseable handle, List<MemorySegment> bytes, List<Written> versions) {
    void close() throws Exception {
      for (int i = 0; i < bytes.size(); i++) {
        versions.get(i).assertIn(bytes.get(i));
      }
      handle.close();
    }
  }

  private static final class Run {
    private final Random random;
    private final Map<Integer, Written> versions = new HashMap<>();

    /** The moment at which a version was known to be readable, and to be gone. */
    private final Map<Integer, Integer> readableAt = new HashMap<>();

    private final Map<Integer, Integer> goneAt = new HashMap<>();
    private final List<Asked<?>> asked = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private int now;

    Run(Random random) {
      this.random = random;
    }

    void make(int steps) throws Exception {
      CachePolicy policy = CachePolicy.values()[random.nextInt(CachePolicy.values().length)];
      boolean async = random.nextInt(4) == 0;
      try (SteppedStore store =
          new SteppedStore(
              160 << 10,
              96 << 10,
              config -> config.cachePolicy(policy).asyncPut(async).streamArenaShare(0.3))) {
        for (now = 0; now < steps; now++) {
          step(store);
          asked.forEach(Asked::look);
          asked.removeIf(Asked::isOver);
        }
        end(store);
      }
    }

    private void step(SteppedStore store) throws Exception {
      switch (random.nextInt(20)) {
        case 0, 1 -> put(store);
        case 2 -> remove(store);
        case 3 -> restoreAll(store);
        case 4, 5 -> restorePrefix(store);
        case 6 -> borrow(store);
        case 7 -> ask(store.subscribe(store.requests.pinPrefix(someKeys())), this::hold);
        case 8 -> cancelOne();
        case 9 -> requestMore();
        case 10, 11 -> closeOne();
        case 12 -> passTime(store);
        case 13, 14, 15 -> store.stepCopies();
        case 16, 17 -> store.stepDeliveries();
        default -> store.stepStore();
      }
    }

    private void put(SteppedStore store) {
      PutMode mode = random.nextBoolean() ? PutMode.REPLACE : PutMode.KEEP_EXISTING;
      List<Written> puts = Stream.generate(this::newVersion).limit(1 + random.nextInt(3)).toList();
      int since = now;
      List<PutOutcome> outcomes = new ArrayList<>();
      ask(
          store.subscribe(store.requests.put(puts.stream().map(Written::chunk).toList(), mode)),
          outcome -> {
            Written put = puts.get(outcomes.size());
            outcomes.add(outcome);
            assertThat(outcome.key()).isEqualTo(put.key());
            if (outcome instanceof PutOutcome.Stored) {
              // Of a list with one key twice, the later one may have replaced this one already.
              gone(put.key(), since, now);
              readableAt.put(put.version(), now);
            }
          });
    }

    private Written newVersion() {
      int length = random.nextInt(6) == 0 ? random.nextInt(2) : random.nextInt(50_000);
      Written written = new Written(someKey(), versions.size(), length);
      versions.put(written.version(), written);
      return written;
    }

    private void remove(SteppedStore store) {
      ChunkKey key = someKey();
      int since = now;
      ask(store.subscribe(store.requests.remove(key)), _ -> gone(key, since, now));
    }

    /** All that was known to be readable before then is gone from now on. */
    private void gone(ChunkKey key, int before, int from) {
      for (Written version : versions.values()) {
        Integer readable = readableAt.get(version.version());
        if (version.key().equals(key) && readable != null && readable < before) {
          goneAt.putIfAbsent(version.version(), from);
        }
      }
    }

    private void restoreAll(SteppedStore store) {
      int since = now;
      ask(
          store.subscribe(store.requests.restoreAll(someKeys(), RestoreMode.DIRECT)),
          (RestoredBatch batch) ->
              batch.hits().forEach(chunk -> received(chunk, chunk.key(), chunk.segment(), since)));
    }

    private void restorePrefix(SteppedStore store) {
      int since = now;
      long demand = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(3);
      ask(
          store.subscribe(store.requests.restorePrefix(someKeys(), RestoreMode.DIRECT), demand),
          (RestoredChunk chunk) -> {
            if (random.nextInt(8) == 0) {
              received(chunk.share(), chunk.key(), chunk.segment(), since);
            }
            received(chunk, chunk.key(), chunk.segment(), since);
          });
    }

    private void borrow(SteppedStore store) {
      int since = now;
      ask(
          store.subscribe(store.requests.borrowPrefix(someKeys())),
          (BorrowedPrefix prefix) -> {
            List<MemorySegment> bytes = new ArrayList<>();
            List<Written> shown = new ArrayList<>();
            prefix
                .chunks()
                .forEach(
                    chunk -> {
                      bytes.add(chunk.segment());
                      shown.add(versionIn(chunk.key(), chunk.segment(), since));
                    });
            held.add(new Held(prefix, bytes, shown));
          });
    }

    private void received(AutoCloseable handle, ChunkKey key, MemorySegment bytes, int since) {
      held.add(new Held(handle, List.of(bytes), List.of(versionIn(key, bytes, since))));
    }

    private void hold(AutoCloseable handle) {
      held.add(new Held(handle, List.of(), List.of()));
    }

    /** Which version of the key these bytes are; fails where it is none, or one that was gone. */
    private Written versionIn(ChunkKey key, MemorySegment bytes, int askedAt) {
      byte[] found = bytes.toArray(JAVA_BYTE);
      boolean stale = false;
      for (Written version : versions.values()) {
        if (version.key().equals(key) && version.isIn(found)) {
          Integer gone = goneAt.get(version.version());
          if (gone == null || gone > askedAt) {
            return version;
          }
          stale = true;
        }
      }
      throw new AssertionError(
          (stale ? "stale bytes of " : "bytes that were never put as ") + key + " at " + now);
    }

    private <T> void ask(Receiver<T> receiver, Consumer<? super T> onValue) {
      asked.add(new Asked<T>(receiver, onValue::accept));
    }

    private void cancelOne() {
      if (!asked.isEmpty()) {
        asked.get(random.nextInt(asked.size())).receiver.cancel();
      }
    }

    private void requestMore() {
      if (!asked.isEmpty()) {
        asked.get(random.nextInt(asked.size())).receiver.request(1 + random.nextInt(2));
      }
    }

    private void closeOne() throws Exception {
      if (!held.isEmpty()) {
        held.remove(random.nextInt(held.size())).close();
      }
    }

    private void passTime(SteppedStore store) {
      if (random.nextInt(10) == 0) {
        store.delivery.advance(Duration.ofMillis(random.nextInt(400)));
      }
    }

    private void end(SteppedStore store) throws Exception {
      for (Asked<?> left : asked) {
        left.receiver.request(Long.MAX_VALUE);
      }
      // Receivers close what they get, so every stream ends without the clock, or soon after.
      for (int round = 0; round < 200 && !asked.isEmpty(); round++) {
        store.settle();
        asked.forEach(Asked::look);
        asked.removeIf(Asked::isOver);
        for (Held open : List.copyOf(held)) {
          open.close();
        }
        held.clear();
      }
      assertThat(asked).as("requests that did not end").isEmpty();
      for (Held open : List.copyOf(held)) {
        open.close();
      }
      store.settle();
      store.assertQuiet();
    }

    private List<ChunkKey> someKeys() {
      return Stream.generate(this::someKey).limit(random.nextInt(6)).toList();
    }

    private ChunkKey someKey() {
      return Chunks.key("k" + random.nextInt(KEYS));
    }
  }
}
