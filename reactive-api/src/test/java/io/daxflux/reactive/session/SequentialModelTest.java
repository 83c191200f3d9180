package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoreOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.testkit.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random requests, one after the other, against a map. The arena holds everything, so the model is
 * exact: every answer is known. What was received is kept open for a while, and must still have its
 * bytes when it is closed, whatever was removed, replaced or restored meanwhile.
 */
class SequentialModelTest {
  private static final int KEYS = 12;
  private static final int STEPS = 1_500;

  @Test
  void everyAnswerIsTheModels() {
    Seeds.forEach(4, random -> new Run(random).make(STEPS));
  }

  @Test
  @Tag("full")
  void everyAnswerIsTheModelsForLong() {
    Seeds.forEach(200, random -> new Run(random).make(10 * STEPS));
  }

  /** Something open, and the versions that it must show until it is closed. */
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
    private final Map<ChunkKey, Written> model = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private int versions;

    Run(Random random) {
      this.random = random;
    }

    void make(int steps) throws Exception {
      try (SteppedStore store = new SteppedStore(8 << 20, 4 << 20, config -> config)) {
        for (int i = 0; i < steps; i++) {
          step(store);
          if (held.size() > 12 || (!held.isEmpty() && random.nextInt(4) == 0)) {
            held.remove(random.nextInt(held.size())).close();
            store.settle();
          }
        }
        for (Held left : held) {
          left.close();
        }
        store.settle();
        store.assertQuiet();
        for (int i = 0; i < KEYS; i++) {
          assertThat(store.contains(key(i))).isEqualTo(model.containsKey(key(i)));
        }
      }
    }

    private void step(SteppedStore store) {
      switch (random.nextInt(9)) {
        case 0, 1 -> put(store);
        case 2 -> remove(store);
        case 3 -> askPrefix(store);
        case 4 -> restoreAll(store);
        case 5 -> restorePrefix(store);
        case 6 -> borrow(store);
        case 7 -> pin(store);
        default -> restoreInto(store);
      }
    }

    private void put(SteppedStore store) {
      PutMode mode = random.nextBoolean() ? PutMode.REPLACE : PutMode.KEEP_EXISTING;
      List<Written> puts = Stream.generate(this::newVersion).limit(1 + random.nextInt(4)).toList();
      Receiver<PutOutcome> outcomes =
          store.subscribe(store.requests.put(puts.stream().map(Written::chunk).toList(), mode));
      settleInSomeOrder(store);
      assertThat(outcomes.isCompleted()).isTrue();
      for (int i = 0; i < puts.size(); i++) {
        Written put = puts.get(i);
        if (mode == PutMode.KEEP_EXISTING && model.containsKey(put.key())) {
          assertThat(outcomes.received().get(i))
              .isEqualTo(new PutOutcome.AlreadyPresent(put.key()));
        } else {
          assertThat(outcomes.received().get(i))
              .isEqualTo(new PutOutcome.Stored(put.key(), put.length()));
          model.put(put.key(), put);
        }
      }
    }

    private Written newVersion() {
      int length = random.nextInt(5) == 0 ? 0 : random.nextInt(40_000);
      return new Written(key(random.nextInt(KEYS)), versions++, length);
    }

    private void remove(SteppedStore store) {
      ChunkKey key = key(random.nextInt(KEYS));
      assertThat(store.ask(store.requests.remove(key))).isEqualTo(model.remove(key) != null);
    }

    private void askPrefix(SteppedStore store) {
      List<ChunkKey> keys = someKeys();
      assertThat(store.ask(store.requests.prefixLength(keys))).isEqualTo(hits(keys).size());
    }

    private void restoreAll(SteppedStore store) {
      List<ChunkKey> keys = someKeys();
      Receiver<RestoredBatch> receiver =
          store.subscribe(store.requests.restoreAll(keys, RestoreMode.DIRECT));
      settleInSomeOrder(store);
      RestoredBatch batch = receiver.received().getFirst();
      List<MemorySegment> bytes = new ArrayList<>();
      List<Written> shown = new ArrayList<>();
      for (RestoreOutcome outcome : batch.outcomes()) {
        Written expected = model.get(keys.get(outcome.index()));
        assertThat(outcome instanceof RestoredChunk).isEqualTo(expected != null);
        if (outcome instanceof RestoredChunk chunk) {
          assertThat(chunk.layout().bytes()).isEqualTo(expected.length());
          bytes.add(chunk.segment());
          shown.add(expected);
        }
      }
      held.add(new Held(batch, bytes, shown));
    }

    private void restorePrefix(SteppedStore store) {
      List<ChunkKey> keys = someKeys();
      Receiver<RestoredChunk> receiver =
          store.subscribe(
              store.requests.restorePrefix(keys, RestoreMode.DIRECT), 1 + random.nextInt(3));
      do {
        settleInSomeOrder(store);
        receiver.request(1);
      } while (!receiver.isEnded());
      List<Written> expected = hits(keys);
      assertThat(receiver.received().stream().map(RestoredChunk::key).toList())
          .isEqualTo(expected.stream().map(Written::key).toList());
      for (int i = 0; i < expected.size(); i++) {
        RestoredChunk chunk = receiver.received().get(i);
        held.add(new Held(chunk, List.of(chunk.segment()), List.of(expected.get(i))));
      }
    }

    private void borrow(SteppedStore store) {
      List<ChunkKey> keys = someKeys();
      BorrowedPrefix prefix = store.ask(store.requests.borrowPrefix(keys));
      assertThat(prefix.chunks()).hasSize(hits(keys).size());
      held.add(
          new Held(
              prefix, prefix.chunks().stream().map(chunk -> chunk.segment()).toList(), hits(keys)));
    }

    private void pin(SteppedStore store) {
      List<ChunkKey> keys = someKeys();
      PinnedPrefix prefix = store.ask(store.requests.pinPrefix(keys));
      assertThat(prefix.keys()).isEqualTo(hits(keys).stream().map(Written::key).toList());
      held.add(new Held(prefix, List.of(), List.of()));
    }

    private void restoreInto(SteppedStore store) {
      List<ChunkKey> keys = someKeys();
      List<MemorySegment> outputs =
          keys.stream().map(_ -> MemorySegment.ofArray(new byte[40_000])).toList();
      Receiver<List<IntoOutcome>> receiver =
          store.subscribe(store.requests.restoreInto(keys, outputs, RestoreMode.DIRECT, null));
      settleInSomeOrder(store);
      for (IntoOutcome outcome : receiver.received().getFirst()) {
        Written expected = model.get(outcome.key());
        assertThat(outcome instanceof Filled).isEqualTo(expected != null);
        if (expected != null) {
          expected.assertIn(outputs.get(outcome.index()));
        }
      }
    }

    /** The model's answer to a prefix request. */
    private List<Written> hits(List<ChunkKey> keys) {
      return keys.stream().map(model::get).takeWhile(found -> found != null).toList();
    }

    /** Mostly different ones, sometimes with repetitions, sometimes none. */
    private List<ChunkKey> someKeys() {
      return Stream.generate(() -> key(random.nextInt(KEYS))).limit(random.nextInt(7)).toList();
    }

    private void settleInSomeOrder(SteppedStore store) {
      SteppedStore.First[] orders = SteppedStore.First.values();
      while (store.step(orders[random.nextInt(orders.length)])) {}
    }

    private static ChunkKey key(int number) {
      return Chunks.key("k" + number);
    }
  }
}
