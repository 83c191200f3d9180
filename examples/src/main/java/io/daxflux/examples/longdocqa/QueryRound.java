package io.daxflux.examples.longdocqa;

import io.daxflux.reactive.ReactiveChunkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The query rounds: each visit takes a document, or as many as may be in flight, along every path
 * in turn, so that what else the machine does meanwhile hits all paths alike.
 */
final class QueryRound implements AutoCloseable {
  private final QueryOptions options;
  private final List<Document> documents;
  private final Progress progress;
  private final Verifier verifier;
  private final Random random;
  private final Callers callers;
  private final Map<PathKind, RestorePath> paths = new EnumMap<>(PathKind.class);
  private final Map<PathKind, Samples> samples = new EnumMap<>(PathKind.class);

  QueryRound(
      ReactiveChunkStore store,
      int workers,
      QueryOptions options,
      List<Document> documents,
      Progress progress,
      Verifier verifier) {
    this.options = options;
    this.documents = documents;
    this.progress = progress;
    this.verifier = verifier;
    this.random = new Random(options.seed);
    this.callers = new Callers(options.maxInflightRequests);
    for (PathKind kind : options.paths) {
      paths.put(kind, kind.open(store, workers));
      samples.put(kind, new Samples());
    }
  }

  /** Takes each path for so long, and at least once. Nothing is kept of it. */
  void warmUp(Duration perPath) {
    List<List<Document>> groups = inFlightTogether(documents);
    for (PathKind kind : options.paths) {
      long startNs = System.nanoTime();
      int next = 0;
      do {
        try (Turn turn = new Turn(paths.get(kind), groups.get(next++ % groups.size()))) {
          turn.run(callers);
        }
      } while (!hasPassed(perPath, startNs));
      progress.step("warming up", 1);
    }
  }

  /**
   * Asks for the documents as often as the options say.
   *
   * @param budget after which it ends early; zero for none
   * @return how often documents were asked for
   */
  int run(Duration budget) {
    long startNs = System.nanoTime();
    int asked = 0;
    do {
      List<Document> visits = options.repeatMode.repeat(documents, options.repeatCount, random);
      for (List<Document> together : inFlightTogether(visits)) {
        for (PathKind kind : options.order.arrange(List.copyOf(options.paths), random)) {
          take(kind, together);
        }
        asked += together.size();
        if (!budget.isZero()
            && hasPassed(budget, startNs)
            && hasPassed(options.minRound, startNs)) {
          return asked;
        }
      }
    } while (!hasPassed(options.minRound, startNs));
    return asked;
  }

  private void take(PathKind kind, List<Document> together) {
    try (Turn turn = new Turn(paths.get(kind), together)) {
      samples.get(kind).add(turn.run(callers));
      if (options.verify) {
        turn.forEach((document, chunks) -> verifier.verify(kind, document, chunks));
      }
    }
    progress.step(kind.toString(), together.size());
  }

  private List<List<Document>> inFlightTogether(List<Document> visits) {
    List<List<Document>> groups = new ArrayList<>();
    for (int from = 0; from < visits.size(); from += options.maxInflightRequests) {
      groups.add(visits.subList(from, Math.min(from + options.maxInflightRequests, visits.size())));
    }
    return groups;
  }

  private static boolean hasPassed(Duration time, long startNs) {
    return System.nanoTime() - startNs >= time.toNanos();
  }

  /** What each path took. */
  Map<PathKind, Samples> samples() {
    return samples;
  }

  @Override
  public void close() {
    callers.close();
    paths.values().forEach(RestorePath::close);
  }
}
