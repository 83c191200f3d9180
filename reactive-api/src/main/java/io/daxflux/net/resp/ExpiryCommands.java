package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Commands on the time until which a value is kept. */
final class ExpiryCommands {
  private static final long NO_KEY = -2;
  private static final long NO_EXPIRY = -1;
  private static final int FIRST_OPTION = 3;

  private ExpiryCommands() {}

  static void ttl(Client client, Request request) {
    remaining(client, request, Expiry::seconds);
  }

  static void pttl(Client client, Request request) {
    remaining(client, request, LongUnaryOperator.identity());
  }

  private static void remaining(Client client, Request request, LongUnaryOperator unit) {
    client.answer(
        client.store().describe(List.of(request.key(1))),
        (writer, found) ->
            writer.integer(
                switch (found.getFirst()) {
                  case Hole _ -> NO_KEY;
                  case Described there when isUnending(there) -> NO_EXPIRY;
                  case Described there ->
                      unit.applyAsLong(
                          Math.max(0, there.head().expiresAtMs() - client.protocol.nowMs()));
                }));
  }

  private static boolean isUnending(Described chunk) {
    return chunk.head().expiresAtMs() == ChunkHead.NEVER;
  }

  static void persist(Client client, Request request) {
    ChunkKey key = request.key(1);
    changeIf(
        client,
        key,
        there -> !isUnending(there),
        () -> client.store().expire(key, ChunkHead.NEVER));
  }

  /** Looks first and changes then: an expiry that another client sets in between is lost. */
  private static void changeIf(
      Client client, ChunkKey key, Predicate<Described> condition, Supplier<Mono<Boolean>> change) {
    client.change(
        client
            .store()
            .describe(List.of(key))
            .flatMap(
                found ->
                    switch (found.getFirst()) {
                      case Described there when condition.test(there) -> change.get();
                      case DescribeOutcome _ -> Mono.just(false);
                    }),
        (writer, done) -> writer.integer(done ? 1 : 0));
  }

  // --- EXPIRE and PEXPIRE

  private enum Condition {
    NX,
    XX,
    GT,
    LT;

    boolean holds(long currentMs, long wantedMs) {
      return switch (this) {
        case NX -> currentMs == ChunkHead.NEVER;
        case XX -> currentMs != ChunkHead.NEVER;
        case GT -> currentMs != ChunkHead.NEVER && wantedMs > currentMs;
        case LT -> currentMs == ChunkHead.NEVER || wantedMs < currentMs;
      };
    }
  }

  static void expire(Client client, Request request) {
    expire(client, request, true);
  }

  static void pexpire(Client client, Request request) {
    expire(client, request, false);
  }

  private static void expire(Client client, Request request, boolean inSeconds) {
    ChunkKey key = request.key(1);
    Set<Condition> conditions = conditions(request);
    long nowMs = client.protocol.nowMs();
    String command = inSeconds ? "expire" : "pexpire";
    long wantedMs = Expiry.at(request.integer(2), inSeconds, nowMs, command);
    ReactiveChunkStore store = client.store();
    changeIf(
        client,
        key,
        there -> holds(conditions, there, wantedMs),
        () -> wantedMs <= nowMs ? store.remove(key) : store.expire(key, Expiry.storable(wantedMs)));
  }

  private static boolean holds(Set<Condition> conditions, Described there, long wantedMs) {
    long currentMs = there.head().expiresAtMs();
    return conditions.stream().allMatch(condition -> condition.holds(currentMs, wantedMs));
  }

  private static Set<Condition> conditions(Request request) {
    Set<Condition> conditions = EnumSet.noneOf(Condition.class);
    for (int i = FIRST_OPTION; request.has(i); i++) {
      switch (request.option(i)) {
        case "NX" -> conditions.add(Condition.NX);
        case "XX" -> conditions.add(Condition.XX);
        case "GT" -> conditions.add(Condition.GT);
        case "LT" -> conditions.add(Condition.LT);
        default -> throw new CommandException("ERR Unsupported option " + request.text(i));
      }
    }
    boolean compares = conditions.contains(Condition.GT) || conditions.contains(Condition.LT);
    if (conditions.contains(Condition.NX) && (compares || conditions.contains(Condition.XX))) {
      throw new CommandException(
          "ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    if (conditions.contains(Condition.GT) && conditions.contains(Condition.LT)) {
      throw new CommandException("ERR GT and LT options at the same time are not compatible");
    }
    return conditions;
  }
}
