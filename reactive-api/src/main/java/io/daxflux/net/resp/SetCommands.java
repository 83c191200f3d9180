package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.Patience;
import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutStart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Commands that write values, which by now are on their way into the arena: these say under which
 * conditions, and until when.
 */
final class SetCommands {
  private SetCommands() {}

  static void set(Client client, Request request) {
    SetTerms terms = SetTerms.of(request, client.protocol.nowMs());
    Payload payload = request.payloads().getFirst();
    Mono<ChunkWriter> writer =
        payload.body().start().map(start -> writer(client, start)).flatMap(revised(client, terms));
    if (terms.tellsPrevious()) {
      client.exchange(
          writer.flatMap(ChunkWriter::exchange),
          (reply, exchange) -> previous(client, reply, exchange));
    } else {
      client.commit(
          writer.flatMap(ChunkWriter::commit), (reply, outcome) -> done(client, reply, outcome));
    }
  }

  private static ChunkWriter writer(Client client, PutStart start) {
    return switch (start) {
      case ChunkWriter open -> open;
      case NotStarted(PutOutcome refused) -> throw notStored(client, refused);
    };
  }

  private static CommandException notStored(Client client, PutOutcome outcome) {
    client.connection.tally().droppedPut();
    return new CommandException(Errors.of(outcome));
  }

  private static Function<ChunkWriter, Mono<ChunkWriter>> revised(Client client, SetTerms terms) {
    return writer ->
        expiry(client, writer.head().key(), terms)
            .map(
                expiresAtMs -> {
                  writer.revise(terms.mode(), expiresAtMs);
                  return writer;
                })
            .doOnError(_ -> writer.close());
  }

  private static Mono<Long> expiry(Client client, ChunkKey key, SetTerms terms) {
    if (!terms.keepsExpiry()) {
      return Mono.just(terms.expiresAtMs());
    }
    return Patience.with(client.store().describe(List.of(key)))
        .map(
            found ->
                switch (found.getFirst()) {
                  case Described there -> there.head().expiresAtMs();
                  case Hole _ -> ChunkHead.NEVER;
                });
  }

  private static void done(Client client, RespWriter writer, PutOutcome outcome) {
    switch (outcome) {
      // Removed behind it: as if the removal had come a moment later.
      case PutOutcome.Stored _, PutOutcome.Accepted _, PutOutcome.Withdrawn _ ->
          writer.status("OK");
      case PutOutcome.AlreadyPresent _, PutOutcome.Absent _ -> writer.nothing();
      case PutOutcome refused -> throw notStored(client, refused);
    }
  }

  private static void previous(Client client, RespWriter writer, PutExchange exchange) {
    BorrowOutcome previous = exchange.previous().unguarded().getFirst();
    switch (exchange.outcome()) {
      case PutOutcome.Stored _,
          PutOutcome.Accepted _,
          PutOutcome.Withdrawn _,
          PutOutcome.AlreadyPresent _,
          PutOutcome.Absent _ ->
          StringCommands.value(writer, previous);
      case PutOutcome refused -> throw notStored(client, refused);
    }
  }

  // --- Several at once

  static void mset(Client client, Request request) {
    List<Payload> payloads = lastOfEachKey(request.payloads());
    Mono<List<PutOutcome>> outcomes =
        Flux.fromIterable(payloads)
            .concatMap(payload -> payload.body().start())
            .map(start -> writer(client, start))
            .collectList()
            .flatMap(writers -> client.store().commitAll(writers))
            .doOnError(_ -> client.connection.execute(() -> payloads.forEach(Payload::abandon)));
    client.commit(outcomes, (writer, said) -> allDone(client, writer, said));
  }

  private static List<Payload> lastOfEachKey(List<Payload> payloads) {
    Map<ChunkKey, Payload> last = new LinkedHashMap<>();
    for (Payload payload : payloads) {
      Payload earlier = last.put(payload.key(), payload);
      if (earlier != null) {
        earlier.abandon();
      }
    }
    return List.copyOf(last.values());
  }

  private static void allDone(Client client, RespWriter writer, List<PutOutcome> outcomes) {
    for (PutOutcome outcome : outcomes) {
      if (!outcome.isKept()
          && !(outcome instanceof PutOutcome.HeldBack)
          && !(outcome instanceof PutOutcome.Withdrawn)) {
        throw notStored(client, outcome);
      }
    }
    writer.status("OK");
  }
}
