package io.daxflux.reactive.session;

import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutStart;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Puts of a simulation's clients whose bytes come part by part. */
final class SimulatedWriters {
  private static final int MOST_OPEN = 5;

  private final SimulatedClients clients;
  private final SteppedStore store;
  private final SimulatedLedger ledger;
  private final Random random;
  private final List<Writing> open = new ArrayList<>();

  SimulatedWriters(
      SimulatedClients clients, SteppedStore store, SimulatedLedger ledger, Random random) {
    this.clients = clients;
    this.store = store;
    this.ledger = ledger;
    this.random = random;
  }

  private static final class Writing {
    final ChunkWriter writer;
    final SimulatedVersion version;
    int written;

    Writing(ChunkWriter writer, SimulatedVersion version) {
      this.writer = writer;
      this.version = version;
    }

    boolean isWhole() {
      return written == version.bytes.length;
    }
  }

  /** Begins a put, or goes on with one. */
  void goOn() {
    if (open.isEmpty() || open.size() < MOST_OPEN && random.nextInt(4) == 0) {
      begin();
      return;
    }
    Writing one = open.get(random.nextInt(open.size()));
    if (random.nextInt(16) == 0) {
      giveUp(one);
    } else if (!one.isWhole()) {
      write(one);
    } else {
      switch (random.nextInt(4)) {
        case 0 -> commit(one);
        case 1 -> exchange(one);
        default -> commitAll();
      }
    }
  }

  private void begin() {
    SimulatedVersion version = clients.newVersion();
    version.uncommitted = true;
    PutMode mode = clients.someMode();
    clients.ask(
        () -> "start " + mode + " " + version,
        store.requests.startPut(version.head(), mode),
        1,
        (PutStart start) -> {
          switch (start) {
            case NotStarted(PutOutcome outcome) -> clients.told(version, outcome);
            case ChunkWriter writer -> open.add(new Writing(writer, version));
          }
        });
  }

  private void write(Writing one) {
    int left = one.version.bytes.length - one.written;
    int length = random.nextBoolean() ? left : 1 + random.nextInt(left);
    MemorySegment part = MemorySegment.ofArray(one.version.bytes).asSlice(one.written, length);
    one.written += length;
    clients.ask(
        () -> "write " + length + " B of " + one.version, one.writer.write(part), 1, _ -> {});
  }

  private void giveUp(Writing one) {
    open.remove(one);
    one.writer.close();
    ledger.cameToNothing(one.version, store.loop.journal());
  }

  private void commit(Writing one) {
    open.remove(one);
    one.version.uncommitted = false;
    clients.ask(
        () -> "commit " + one.version,
        one.writer.commit(),
        1,
        outcome -> clients.told(one.version, outcome));
  }

  private void exchange(Writing one) {
    open.remove(one);
    one.version.uncommitted = false;
    int askedAt = ledger.now;
    clients.ask(
        () -> "exchange " + one.version,
        one.writer.exchange(),
        1,
        (PutExchange exchange) -> {
          clients.told(one.version, exchange.outcome());
          clients.lent(exchange.previous(), askedAt);
        });
  }

  /** All that are whole, of each key one. */
  private void commitAll() {
    Set<Object> keys = new HashSet<>();
    List<Writing> whole =
        open.stream().filter(one -> one.isWhole() && keys.add(one.version.key)).toList();
    open.removeAll(whole);
    whole.forEach(one -> one.version.uncommitted = false);
    clients.ask(
        () -> "commitAll " + whole.stream().map(one -> one.version).toList(),
        store.requests.commitAll(whole.stream().map(one -> one.writer).toList()),
        1,
        outcomes -> told(whole, outcomes));
  }

  private void told(List<Writing> whole, List<PutOutcome> outcomes) {
    Set<Integer> storedAt = new HashSet<>();
    for (int i = 0; i < whole.size(); i++) {
      SimulatedVersion version = whole.get(i).version;
      clients.told(version, outcomes.get(i));
      // What was removed meanwhile is gone as if that had come right behind the commit.
      if (!(outcomes.get(i) instanceof PutOutcome.Withdrawn)) {
        storedAt.add(outcomes.get(i) instanceof PutOutcome.Stored ? version.readableAt : 0);
      }
    }
    SimulatedLedger.require(storedAt.size() <= 1, "not stored all at once: " + storedAt, outcomes);
  }
}
