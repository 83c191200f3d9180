package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.engine.KvEngine;
import io.daxflux.examples.engine.KvRoute;
import io.daxflux.examples.engine.PromptServer;
import io.daxflux.examples.engine.Timeline;
import io.daxflux.examples.longdocqa.RunFailure;
import io.daxflux.examples.longdocqa.engine.Prompts.Visit;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PutOutcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What answers prompts: as many sessions as prompts may be in flight. */
final class Lanes implements AutoCloseable {
  private final Prompts prompts;
  private final int answerTokens;
  private final Arena arena = Arena.ofShared();
  private final List<Lane> all = new ArrayList<>();
  private final Queue<Lane> free = new ConcurrentLinkedQueue<>();

  /** A session, and memory for a prompt's chunks. */
  record Lane(PromptServer server, List<MemorySegment> outputs) {}

  /** A system's answers, and how long all of them took. */
  record Round(List<Answered> answers, long ns) {}

  /**
   * Opens the sessions.
   *
   * @param chunks how many chunks of so many bytes a prompt has at most
   */
  Lanes(
      KvEngine engine,
      Prompts prompts,
      PromptOptions options,
      int inFlight,
      int chunks,
      long chunkBytes) {
    this.prompts = prompts;
    this.answerTokens = options.outputLength;
    for (int i = 0; i < inFlight; i++) {
      List<MemorySegment> outputs = new ArrayList<>();
      for (int chunk = 0; chunk < chunks; chunk++) {
        // Filled, so that its pages are there.
        outputs.add(arena.allocate(chunkBytes, 4096).fill((byte) 1));
      }
      all.add(new Lane(new PromptServer(engine, options.mostTokens()), outputs));
    }
    free.addAll(all);
  }

  /** A session for those who ask one by one. */
  Lane first() {
    return all.getFirst();
  }

  /** Asks this of a lane, alone. */
  Answered ask(Visit visit, KvRoute route) {
    return answer(first(), visit, route).block();
  }

  /** Asks all of this, so many at a time. */
  Round ask(List<Visit> visits, Function<Lane, KvRoute> route) {
    return round(visits, lane -> visit -> answer(lane, visit, route.apply(lane)));
  }

  /** Computes all of this, and stores each prompt's chunks behind its answer. */
  Round askAndStore(List<Visit> visits, ReactiveChunkStore store) {
    return round(
        visits,
        lane ->
            visit ->
                answer(lane, visit, KvRoute.NONE)
                    .delayUntil(
                        _ -> lane.server.store(prompts.prompt(visit), store).map(this::kept)));
  }

  private PutOutcome kept(PutOutcome outcome) {
    if (!outcome.isKept()) {
      throw new RunFailure("put: " + outcome);
    }
    return outcome;
  }

  private Round round(List<Visit> visits, Function<Lane, Function<Visit, Mono<Answered>>> work) {
    long startNs = System.nanoTime();
    List<Answered> answers =
        Flux.fromIterable(visits)
            .flatMap(visit -> inALane(visit, work), all.size())
            .collectList()
            .block();
    return new Round(answers, System.nanoTime() - startNs);
  }

  private Mono<Answered> inALane(
      Visit visit, Function<Lane, Function<Visit, Mono<Answered>>> work) {
    return Mono.defer(
        () -> {
          Lane lane = free.remove(); // as many are asked for at a time as there are
          return work.apply(lane).apply(visit).doOnTerminate(() -> free.add(lane));
        });
  }

  private Mono<Answered> answer(Lane lane, Visit visit, KvRoute route) {
    return Mono.defer(
        () -> {
          int[] prompt = prompts.prompt(visit);
          Timeline timeline = new Timeline();
          int reusable = lane.server.reusable(prompt).size();
          return lane.server
              .answer(prompt, answerTokens, route, timeline)
              .collectList()
              .map(tokens -> Answered.of(visit, reusable, tokens, timeline));
        });
  }

  @Override
  public void close() {
    all.forEach(lane -> lane.server.close());
    arena.close();
  }
}
