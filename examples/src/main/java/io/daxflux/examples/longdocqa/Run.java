package io.daxflux.examples.longdocqa;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.examples.longdocqa.Report.Input;
import io.daxflux.examples.longdocqa.Report.Verified;
import io.daxflux.examples.longdocqa.StoreRound.Stored;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The run: text to documents, documents to the store, and back along every path. */
final class Run {
  private final Instant started;
  private final StoreOptions storing;
  private final QueryOptions queries;
  private final List<Document> documents;
  private final Room room;
  private final DaxfluxConfig config;
  private final Input inputFigures;

  private Run(
      Instant started,
      StoreOptions storing,
      QueryOptions queries,
      List<Document> documents,
      Room room,
      DaxfluxConfig config,
      Input inputFigures) {
    this.started = started;
    this.storing = storing;
    this.queries = queries;
    this.documents = documents;
    this.room = room;
    this.config = config;
    this.inputFigures = inputFigures;
  }

  /**
   * Reads the text and finds out what is needed. Opens nothing.
   *
   * @throws IllegalArgumentException where the options cannot be met; one line says which
   * @throws IOException where the text cannot be read
   */
  static Run prepare(InputOptions input, QueryOptions queries, StoreOptions storing)
      throws IOException {
    Instant started = Instant.now();
    Corpus corpus = Corpus.of(input.text);
    List<Document> documents = new Documents(input, corpus).cut();
    Room room = Room.forDocuments(documents, storing, queries.maxInflightRequests);
    DaxfluxConfig config = storing.config(room);
    Document any = documents.getFirst();
    Input figures =
        new Input(
            corpus.root().toString(),
            input.modelName(),
            documents.size(),
            input.documentLength,
            any.chunks(),
            any.bytes(),
            any.layouts().getFirst().bytes());
    return new Run(started, storing, queries, documents, room, config, figures);
  }

  Report execute(Verifier verifier, Progress progress, Map<String, Object> options) {
    WarmUp.run(documents.getFirst(), storing, queries, progress);
    try (OpenStore open = OpenStore.open(room, config)) {
      ReactiveChunkStore store = open.store();
      Stored stored = new StoreRound(store, progress).run(documents);
      try (QueryRound round =
          new QueryRound(store, config.restoreWorkers(), queries, documents, progress, verifier)) {
        round.warmUp(Duration.ZERO);
        int asked = round.run(budgetLeft());
        open.expectQuiet();
        return report(options, stored, round.samples(), verifier.verified(), notes(asked));
      }
    }
  }

  /** How many steps the progress will have. */
  long steps() {
    long chunks = documents.stream().mapToLong(Document::chunks).sum();
    long visits = (long) documents.size() * queries.repeatCount;
    return chunks + queries.paths.size() * (2 + visits);
  }

  private Duration budgetLeft() {
    if (queries.timeBudget.isZero()) {
      return Duration.ZERO;
    }
    Duration left = queries.timeBudget.minus(Duration.between(started, Instant.now()));
    return left.isPositive() ? left : Duration.ofNanos(1);
  }

  private List<String> notes(int asked) {
    List<String> notes = new ArrayList<>();
    int planned = documents.size() * queries.repeatCount;
    if (asked < planned) {
      notes.add(
          String.format(
              Locale.ROOT,
              "ended after %d of %d documents, so as not to take much longer than %d s"
                  + " (--time-budget)",
              asked,
              planned,
              queries.timeBudget.toSeconds()));
    }
    return notes;
  }

  private Report report(
      Map<String, Object> options,
      Stored stored,
      Map<PathKind, Samples> samples,
      Verified verified,
      List<String> notes) {
    Samples serial = samples.get(PathKind.SERIAL);
    Samples floor = samples.get(PathKind.FLOOR);
    List<PathFigures> figures = new ArrayList<>();
    samples.forEach(
        (kind, taken) ->
            figures.add(PathFigures.of(kind, taken, inputFigures.documentBytes(), serial, floor)));
    return new Report(
        "long-doc-qa",
        started.toString(),
        Duration.between(started, Instant.now()).toMillis() / 1e3,
        Machine.local(),
        options,
        inputFigures,
        storeFigures(),
        stored,
        figures,
        verified,
        notes);
  }

  /** What is asked for. */
  Input inputFigures() {
    return inputFigures;
  }

  /** What it is asked of. */
  Report.Store storeFigures() {
    return new Report.Store(
        room.place(),
        room.deviceBytes(),
        room.outputBytes(),
        config.stagingSlabBytes(),
        config.restoreWorkers(),
        config.restoreMaxRegions(),
        config.blockBytes());
  }
}
