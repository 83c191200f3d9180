package io.daxflux.examples.longdocqa.engine;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.examples.engine.PrefixRoute;
import io.daxflux.examples.longdocqa.Document;
import io.daxflux.examples.longdocqa.OpenStore;
import io.daxflux.examples.longdocqa.Room;
import io.daxflux.examples.longdocqa.RunFailure;
import io.daxflux.examples.longdocqa.StoreOptions;
import io.daxflux.examples.longdocqa.engine.Prompts.Visit;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The negative control: one bit of one stored chunk is flipped behind the store's back. The store
 * must see it, and the answer must be right all the same, for the rest is computed.
 */
final class FlippedBit {
  private FlippedBit() {}

  /**
   * What came of it.
   *
   * @param chunk whose bit was flipped, from 0
   * @param miss why the store did not serve it
   * @param imported how many chunks were imported, the rest computed
   * @param logitsChanged how many of the first token's logits would have been wrong, had nobody
   *     looked
   * @param logits how many there are
   */
  record Caught(
      int chunk, String miss, int imported, boolean answerRight, int logitsChanged, int logits) {}

  static Caught check(Lanes lanes, Visit visit, Document document, Exactness exactness) {
    StoreOptions options = new StoreOptions();
    Room room = Room.inMemory(List.of(document), options.blockBytes, 1);
    DaxfluxConfig config = options.builder(room).verify(VerifyPolicy.ALWAYS).build();
    try (OpenStore open = OpenStore.open(room, config)) {
      ReactiveChunkStore store = open.store();
      Answered computed = lanes.askAndStore(List.of(visit), store).answers().getFirst();
      int chunk = document.chunks() / 2;
      Answered unchecked = askUnchecked(lanes, visit, document, open, chunk);
      PrefixEnd end = endOf(store, document.keys());
      Answered answered = lanes.ask(visit, new PrefixRoute(store));
      if (end.miss() == null || answered.imported() != chunk) {
        throw new RunFailure(
            "flipped bit in chunk " + chunk + ": expected a miss there, found " + end);
      }
      exactness.compare("flipped bit", List.of(answered.answer()));
      open.expectQuiet();
      float[] right = computed.timeline().firstLogits();
      return new Caught(
          chunk,
          end.miss().name(),
          answered.imported(),
          answered.answer().equals(computed.answer()),
          differences(right, unchecked.timeline().firstLogits()),
          right.length);
    }
  }

  /** Flips the bit, and lets the engine have the chunks as they then are. */
  private static Answered askUnchecked(
      Lanes lanes, Visit visit, Document document, OpenStore open, int chunk) {
    List<MemorySegment> outputs = lanes.first().outputs();
    try (BorrowedPrefix lent = open.store().borrowPrefix(document.keys()).block()) {
      flip(open.device().memory(), lent.chunks().get(chunk).segment());
      for (int i = 0; i < lent.chunks().size(); i++) {
        outputs.get(i).copyFrom(lent.chunks().get(i).segment());
      }
    }
    return lanes.ask(visit, new CopyRoute((_, _, _) -> {}, outputs));
  }

  private static void flip(MemorySegment arena, MemorySegment chunk) {
    // An exponent's bit: in the high half of an element of half precision
    long at = chunk.address() - arena.address() + (chunk.byteSize() / 2 | 1);
    byte bits = arena.get(ValueLayout.JAVA_BYTE, at);
    arena.set(ValueLayout.JAVA_BYTE, at, (byte) (bits ^ 0x20));
  }

  private static PrefixEnd endOf(ReactiveChunkStore store, List<ChunkKey> keys) {
    return store
        .explainPrefix(keys)
        .doOnNext(
            event -> {
              if (event instanceof RestoredChunk chunk) {
                chunk.close();
              }
            })
        .ofType(PrefixEnd.class)
        .blockLast();
  }

  private static int differences(float[] expected, float[] found) {
    int differences = 0;
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(found[i])) {
        differences++;
      }
    }
    return differences;
  }
}
