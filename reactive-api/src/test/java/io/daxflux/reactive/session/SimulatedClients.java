package io.daxflux.reactive.session;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.RestoreMode;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;

/** Those who use one opening of a simulated store: what they ask for, and what they hold. */
final class SimulatedClients {
  private static final List<ChunkKey> KEYS = keys();
  private static final int MOST_BYTES = 3_000;

  /** Bytes that were received, and whose they are. */
  private record Shown(SimulatedVersion version, MemorySegment bytes) {}

  private record Held(AutoCloseable handle, List<Shown> shown) {}

  private final List<ChunkKey> keys;
  private final SteppedStore store;
  private final SimulatedLedger ledger;
  private final SimulationHistory history;
  private final SimulationFigures figures;
  private final Random random;
  private final SimulatedDevice device;
  private final boolean copiesFail;
  private final SimulatedWriters writers;
  private final List<SimulatedRequest<?>> asked = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();

  SimulatedClients(
      SteppedStore store,
      SimulatedDevice device,
      boolean copiesFail,
      SimulatedLedger ledger,
      SimulationHistory history,
      SimulationFigures figures,
      Random random) {
    this.store = store;
    this.device = device;
    this.copiesFail = copiesFail;
    this.ledger = ledger;
    this.history = history;
    this.figures = figures;
    this.random = random;
    // With few of them, more happens to each.
    this.keys = KEYS.subList(0, 2 + random.nextInt(KEYS.size() - 1));
    this.writers = new SimulatedWriters(this, store, ledger, random);
  }

  private static List<ChunkKey> keys() {
    // Some so long that a record takes several units.
    return Stream.iterate(0, i -> i < 12, i -> i + 1)
        .map(i -> ChunkKey.of("k" + i + (i % 4 == 3 ? "-".repeat(150) : "")))
        .toList();
  }

  // --- What they ask

  int underWay() {
    return asked.size();
  }

  void askSomething() {
    figures.requests++;
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4 -> put();
      case 5, 6, 7, 8, 9 -> writers.goOn();
      case 10 -> remove();
      case 11 -> removeAll();
      case 12, 13 -> restoreAll();
      case 14, 15 -> restorePrefix();
      case 16 -> explainPrefix();
      case 17 -> restoreInto();
      case 18, 19 -> borrow();
      case 20 -> borrowAll();
      case 21 -> pin();
      case 22 -> describe();
      default -> look();
    }
  }

  private void put() {
    PutMode mode = someMode();
    List<SimulatedVersion> puts =
        Stream.generate(this::newVersion).limit(1 + random.nextInt(3)).toList();
    boolean[] accepted = new boolean[puts.size()];
    int[] next = {0};
    ask(
        () -> "put " + mode + " " + puts,
        store.requests.put(puts.stream().map(SimulatedVersion::chunk).toList(), mode),
        Long.MAX_VALUE,
        outcome -> {
          SimulatedVersion version = puts.get(next[0]++);
          SimulatedLedger.require(outcome.key().equals(version.key), "answered for", outcome);
          told(version, outcome);
        });
  }

  PutMode someMode() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> PutMode.REPLACE;
      case 2, 3 -> PutMode.KEEP_EXISTING;
      default -> PutMode.REPLACE_EXISTING;
    };
  }

  /** What became of a put. */
  void told(SimulatedVersion version, PutOutcome outcome) {
    switch (outcome) {
      case PutOutcome.Stored _ -> {
        figures.stored++;
        SimulatedLedger.require(version.readableAt > 0, "acknowledged, and never stored", version);
      }
      case PutOutcome.Accepted _ -> {}
      case PutOutcome.Failed(_, PutOutcome.Failed.Cause cause, String detail) -> {
        SimulatedLedger.require(
            cause != PutOutcome.Failed.Cause.INTERNAL, "failed: " + detail, version);
        ledger.cameToNothing(version, store.loop.journal());
      }
      default -> ledger.cameToNothing(version, store.loop.journal());
    }
  }

  SimulatedVersion newVersion() {
    int length =
        switch (random.nextInt(8)) {
          case 0 -> 0;
          case 1, 2 -> 1 + random.nextInt(512);
          default -> 513 + random.nextInt(MOST_BYTES - 513);
        };
    var config = store.loop.config();
    return ledger.put(
        someKey(),
        length,
        random.nextInt(3) == 0 ? random.nextInt(200) : 0,
        config.checksum(),
        config.durability() == DurabilityPolicy.POWER);
  }

  private void remove() {
    ChunkKey key = someKey();
    int askedAt = ledger.now;
    ledger.removing(key);
    ask(() -> "remove " + key, store.requests.remove(key), 1, _ -> ledger.removed(key, askedAt));
  }

  private void removeAll() {
    List<ChunkKey> keys = someKeys();
    int askedAt = ledger.now;
    keys.stream().distinct().forEach(ledger::removing);
    ask(
        () -> "removeAll " + keys,
        store.requests.removeAll(keys),
        1,
        _ -> keys.forEach(key -> ledger.removed(key, askedAt)));
  }

  private void restoreAll() {
    List<ChunkKey> keys = someKeys();
    int askedAt = ledger.now;
    ask(
        () -> "restoreAll " + keys,
        store.requests.restoreAll(keys, RestoreMode.DIRECT),
        1,
        (RestoredBatch batch) -> {
          batch.hits().forEach(chunk -> received(chunk, askedAt));
          batch.holes().forEach(hole -> missed(hole, askedAt));
        });
  }

  private void restorePrefix() {
    List<ChunkKey> keys = someKeys();
    int askedAt = ledger.now;
    ask(
        () -> "restorePrefix " + keys,
        store.requests.restorePrefix(keys, RestoreMode.DIRECT),
        someDemand(),
        (RestoredChunk chunk) -> {
          if (random.nextInt(8) == 0) {
            received(chunk.share(), askedAt);
          }
          received(chunk, askedAt);
        });
  }

  private void explainPrefix() {
    List<ChunkKey> keys = someKeys();
    int askedAt = ledger.now;
    ask(
        () -> "explainPrefix " + keys,
        store.requests.explainPrefix(keys, RestoreMode.DIRECT),
        someDemand(),
        (PrefixEvent event) -> {
          switch (event) {
            case RestoredChunk chunk -> received(chunk, askedAt);
            case PrefixEnd(int restored, _, MissReason miss) when miss != null ->
                missed(new Hole(restored, keys.get(restored), miss), askedAt);
            case PrefixEnd _ -> {}
          }
        });
  }

  private void restoreInto() {
    List<ChunkKey> keys = someKeys();
    List<MemorySegment> targets =
        keys.stream().map(_ -> MemorySegment.ofArray(new byte[MOST_BYTES])).toList();
    int askedAt = ledger.now;
    ask(
        () -> "restoreInto " + keys,
        store.requests.restoreInto(keys, targets, RestoreMode.DIRECT, null),
        1,
        (List<IntoOutcome> outcomes) ->
            outcomes.forEach(
                outcome -> {
                  switch (outcome) {
                    case Filled filled ->
                        served(
                            filled.key(),
                            filled.attributes(),
                            targets.get(filled.index()).asSlice(0, filled.layout().bytes()),
                            askedAt);
                    case Hole hole -> missed(hole, askedAt);
                  }
                }));
  }

  private void borrow() {
    List<ChunkKey> keys = someKeys();
    int askedAt = ledger.now;
    ask(
        () -> "borrow " + keys,
        store.requests.borrowPrefix(keys),
        1,
        (BorrowedPrefix prefix) -> lent(prefix, prefix.chunks(), askedAt));
  }

  private void borrowAll() {
    List<ChunkKey> keys = someKeys();
    int askedAt = ledger.now;
    ask(
        () -> "borrowAll " + keys,
        store.requests.borrowAll(keys),
        1,
        batch -> lent(batch, askedAt));
  }

  /** Chunks were lent, and others are said not to be there. */
  void lent(BorrowedBatch batch, int askedAt) {
    lent(batch, batch.hits(), askedAt);
    batch.holes().forEach(hole -> missed(hole, askedAt));
  }

  private void lent(AutoCloseable handle, List<BorrowedChunk> chunks, int askedAt) {
    List<Shown> shown = new ArrayList<>();
    for (BorrowedChunk chunk : chunks) {
      MemorySegment bytes = device.hasBadPages() ? null : chunk.segment();
      SimulatedVersion version = served(chunk.key(), chunk.attributes(), bytes, askedAt);
      if (bytes != null && !version.damaged) {
        shown.add(new Shown(version, bytes));
      }
    }
    held.add(new Held(handle, shown));
  }

  private void pin() {
    List<ChunkKey> keys = someKeys();
    ask(
        () -> "pin " + keys,
        store.requests.pinPrefix(keys),
        1,
        pin -> held.add(new Held(pin, List.of())));
  }

  private void describe() {
    List<ChunkKey> keys = someKeys();
    int askedAt = ledger.now;
    ask(
        () -> "describe " + keys,
        store.requests.describe(keys),
        1,
        outcomes ->
            outcomes.forEach(
                outcome -> {
                  switch (outcome) {
                    case Described there ->
                        served(there.key(), there.head().attributes(), null, askedAt);
                    case Hole hole -> missed(hole, askedAt);
                  }
                }));
  }

  private void look() {
    int askedAt = ledger.now;
    ChunkKey key = someKey();
    if (random.nextBoolean()) {
      ask(() -> "status", store.requests.status(), 1, _ -> {});
    } else {
      ask(
          () -> "contains " + key,
          store.requests.contains(key),
          1,
          there -> {
            if (!there) {
              ledger.absent(key, askedAt);
            }
          });
    }
  }

  <T> void ask(
      Supplier<String> what, Publisher<T> publisher, long demand, Consumer<? super T> onValue) {
    history.note(ledger.now, what);
    asked.add(new SimulatedRequest<>(what, store.subscribe(publisher, demand), onValue));
  }

  // --- What they are given

  private void received(RestoredChunk chunk, int askedAt) {
    MemorySegment bytes = chunk.segment();
    SimulatedVersion version = served(chunk.key(), chunk.attributes(), bytes, askedAt);
    boolean known = !version.damaged || version.isIn(bytes);
    held.add(new Held(chunk, known ? List.of(new Shown(version, bytes)) : List.of()));
  }

  private SimulatedVersion served(
      ChunkKey key, Attributes attributes, MemorySegment bytes, int askedAt) {
    figures.served++;
    boolean verifies = store.loop.config().verify() != VerifyPolicy.NEVER;
    return ledger.served(key, attributes, bytes, askedAt, verifies);
  }

  private void missed(Hole hole, int askedAt) {
    switch (hole.reason()) {
      case ABSENT -> ledger.absent(hole.key(), askedAt);
      case CORRUPT -> ledger.corrupt(hole.key());
      case MEMORY_FAULT ->
          SimulatedLedger.require(device.hasBadPages(), "said to have faulted", hole.key());
      case OUTPUT_FAULT ->
          SimulatedLedger.require(copiesFail, "said to have found no output", hole.key());
      default -> throw new AssertionError("missed for no reason: " + hole);
    }
  }

  /** They look at what has come. */
  void look(boolean closing) {
    for (int i = asked.size() - 1; i >= 0; i--) {
      SimulatedRequest<?> one = asked.get(i);
      one.look();
      if (one.isOver()) {
        Throwable error = one.receiver().error();
        boolean expected =
            error == null
                || error instanceof StoreException && (closing || copiesFail || isUsual(error))
                || isOfPartGivenUp(error);
        if (!expected) {
          throw new AssertionError(one.what() + " failed", error);
        }
        asked.remove(i);
      }
    }
  }

  private static boolean isUsual(Throwable error) {
    return !(error instanceof ClosedException) && !(error instanceof RequestFailedException);
  }

  /** Its writer was closed before it was its turn. */
  private static boolean isOfPartGivenUp(Throwable error) {
    return error instanceof IllegalStateException
        && error.getMessage().startsWith("expected an open writer");
  }

  // --- What else they do

  void cancelOne() {
    if (!asked.isEmpty()) {
      SimulatedRequest<?> one = asked.get(random.nextInt(asked.size()));
      history.note(ledger.now, () -> "cancel " + one.what());
      one.receiver().cancel();
    }
  }

  void requestMore() {
    if (!asked.isEmpty()) {
      asked.get(random.nextInt(asked.size())).receiver().request(1 + random.nextInt(2));
    }
  }

  void requestAll() {
    asked.forEach(one -> one.receiver().request(Long.MAX_VALUE));
  }

  boolean closeOne() {
    if (held.isEmpty()) {
      return false;
    }
    Held one = held.remove(random.nextInt(held.size()));
    for (Shown shown : one.shown) {
      SimulatedLedger.require(
          shown.version.isIn(shown.bytes) || device.hasBadPages(),
          "changed while it was held",
          shown.version);
    }
    try {
      one.handle.close();
    } catch (Exception failure) {
      throw new AssertionError("could not close " + one.handle, failure);
    }
    return true;
  }

  boolean holdSomething() {
    return !held.isEmpty();
  }

  private long someDemand() {
    return random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(3);
  }

  private List<ChunkKey> someKeys() {
    return Stream.generate(this::someKey).limit(random.nextInt(6)).toList();
  }

  private ChunkKey someKey() {
    return keys.get(random.nextInt(keys.size()));
  }
}
