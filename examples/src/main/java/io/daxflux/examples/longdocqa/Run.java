package io.daxflux.examples.longdocqa;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.examples.longdocqa.Report.FirstRead;
import io.daxflux.examples.longdocqa.Report.Input;
import io.daxflux.examples.longdocqa.Report.Reopened;
import io.daxflux.examples.longdocqa.Report.Verified;
import io.daxflux.examples.longdocqa.StoreRound.Stored;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.StoreStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    try (var _ = room.temporary() ? OwnFile.claim(Path.of(room.devicePath())) : null) {
      return measure(verifier, progress, options);
    }
  }

  private Report measure(Verifier verifier, Progress progress, Map<String, Object> options) {
    Stored stored;
    Map<PathKind, Samples> samples;
    double firstReads;
    int asked;
    try (OpenStore open = OpenStore.open(room, config)) {
      ReactiveChunkStore store = open.store();
      stored = new StoreRound(store, progress).run(documents);
      firstReads = new FirstReads(progress, "first reads").run(store, documents, (_, _) -> {});
      try (QueryRound round =
          new QueryRound(store, config.restoreWorkers(), queries, documents, progress, verifier)) {
        round.warmUp(Duration.ZERO);
        asked = round.run(budgetLeft());
        samples = round.samples();
        open.expectQuiet();
      }
    }
    FirstRead firstRead = new FirstRead(firstReads, ratioToRestoreAll(firstReads, samples));
    Reopened reopened = room.isLasting() ? reopen(verifier, progress) : null;
    return report(options, stored, samples, firstRead, reopened, verifier.verified(), notes(asked));
  }

  private @Nullable Double ratioToRestoreAll(
      double gigabytesPerSecond, Map<PathKind, Samples> samples) {
    Samples restoreAll = samples.get(PathKind.RESTORE_ALL);
    return restoreAll == null || queries.maxInflightRequests > 1
        ? null
        : gigabytesPerSecond
            * restoreAll.documentNs.getValueAtPercentile(50)
            / inputFigures.documentBytes();
  }

  /** Finds what was stored in the store opened again, and restores all of it. */
  private Reopened reopen(Verifier verifier, Progress progress) {
    try (OpenStore open = OpenStore.open(room, config)) {
      StoreStatus.MediaStatus media = open.store().status().block().media();
      new FirstReads(progress, "reopened")
          .run(
              open.store(),
              documents,
              (document, chunks) -> {
                if (queries.verify) {
                  verifier.verify(PathKind.RESTORE_ALL, document, chunks);
                }
              });
      open.expectQuiet();
      return new Reopened(
          media.recovered(), media.recoveryTime().toNanos() / 1e6, documents.size());
    }
  }

  /** How many steps the progress will have. */
  long steps() {
    long chunks = documents.stream().mapToLong(Document::chunks).sum();
    long visits = (long) documents.size() * queries.repeatCount;
    return chunks + 2L * documents.size() + queries.paths.size() * (2 + visits);
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
      FirstRead firstRead,
      @Nullable Reopened reopened,
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
        firstRead,
        reopened,
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
