package io.daxflux.examples.longdocqa.engine;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.examples.engine.EngineSession;
import io.daxflux.examples.engine.KvEngine;
import io.daxflux.examples.engine.PrefixRoute;
import io.daxflux.examples.engine.Timeline;
import io.daxflux.examples.longdocqa.Document;
import io.daxflux.examples.longdocqa.OpenStore;
import io.daxflux.examples.longdocqa.OwnFile;
import io.daxflux.examples.longdocqa.Room;
import io.daxflux.examples.longdocqa.StoreOptions;
import io.daxflux.examples.longdocqa.TextFiles;
import io.daxflux.examples.longdocqa.engine.EngineReport.Asked;
import io.daxflux.examples.longdocqa.engine.EngineReport.Model;
import io.daxflux.examples.longdocqa.engine.EngineReport.Setting;
import io.daxflux.examples.longdocqa.engine.EngineReport.Trace;
import io.daxflux.examples.longdocqa.engine.Lanes.Round;
import io.daxflux.examples.longdocqa.engine.Prompts.Visit;
import io.daxflux.examples.longdocqa.engine.Restart.Restarted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One setting from top to bottom: computed and stored, asked along every way, and compared. */
final class EngineRun implements AutoCloseable {
  private final EngineSetting setting;
  private final Consumer<String> progress;
  private final KvEngine engine;
  private final Prompts prompts;
  private final long chunkBytes;
  private final List<Document> documents;
  private final Room room;
  private final DaxfluxConfig config;
  private final Lanes lanes;
  private final Exactness exactness = new Exactness();

  /** Loads the model and cuts the text. */
  EngineRun(EngineSetting setting, Path modelFolder, Consumer<String> progress) throws IOException {
    this.setting = setting;
    this.progress = progress;
    PromptOptions asked = setting.prompts();
    StoreOptions storing = setting.storing();
    int inFlight = setting.rounds().maxInflightRequests;
    this.engine = setting.model().open(modelFolder, asked.chunkTokens);
    this.prompts = Prompts.cut(engine, asked, TextFiles.of(asked.text));
    this.chunkBytes = chunkBytes();
    this.documents = prompts.stored(chunkBytes);
    this.room = Room.forDocuments(documents, storing, inFlight);
    this.config = storing.config(room);
    int chunks = documents.getFirst().chunks();
    this.lanes = new Lanes(engine, prompts, asked, inFlight, chunks, chunkBytes);
  }

  /** What an exported chunk takes, which only the engine knows. */
  private long chunkBytes() {
    int[] prompt = prompts.prompt(new Visit(0, 0));
    try (EngineSession session = engine.openSession(setting.prompts().chunkTokens)) {
      session.prefill(prompt);
      return session.exportedBytes(0);
    }
  }

  private List<Visit> visits() {
    RoundOptions rounds = setting.rounds();
    List<Visit> visits = prompts.visits(rounds.repeatCount, rounds.repeatMode, rounds.seed);
    return rounds.systems.contains(SystemKind.COLD)
        ? visits
        : visits.stream().map(visit -> new Visit(visit.document(), 0)).toList();
  }

  /**
   * Measures.
   *
   * @param arguments of this process, for another that opens what it stored; null for none
   */
  Setting measure(@Nullable List<String> arguments) throws IOException {
    try (var _ = room.temporary() ? OwnFile.claim(Path.of(room.devicePath())) : null) {
      Round warmUp;
      Map<SystemKind, List<Round>> rounds;
      try (OpenStore open = OpenStore.open(room, config)) {
        progress.accept("warm-up round: computing and storing " + documents.size() + " documents");
        warmUp = lanes.askAndStore(prompts.firstVisits(), open.store());
        exactness.computed(warmUp.answers());
        rest();
        try (Routes routes = new Routes(open, documents, config)) {
          rounds = rounds(routes);
        }
        open.expectQuiet();
      }
      compare(rounds);
      progress.accept("flipping a bit");
      FlippedBit.Caught caught =
          FlippedBit.check(lanes, new Visit(0, 0), documents.getFirst(), exactness);
      Restarted restarted = null;
      if (arguments != null && room.isLasting()) {
        progress.accept("asking again in another process");
        restarted = Restart.run(again(arguments), exactness);
      }
      return report(warmUp, rounds, caught, restarted);
    }
  }

  /** What another process needs to find the same chunks. */
  private List<String> again(List<String> arguments) {
    List<String> again = new ArrayList<>(arguments);
    if (setting.storing().device == null) {
      again.addAll(List.of("--device", room.devicePath()));
    }
    return again;
  }

  private Map<SystemKind, List<Round>> rounds(Routes routes) {
    Map<SystemKind, List<Round>> rounds = new EnumMap<>(SystemKind.class);
    List<SystemKind> kinds = new ArrayList<>();
    for (SystemKind kind : SystemKind.values()) {
      if (setting.rounds().systems.contains(kind)) {
        kinds.add(kind);
        rounds.put(kind, new ArrayList<>());
      }
    }
    for (SystemKind kind : kinds) {
      if (kind != SystemKind.COLD) {
        try (RouteWarmUp warmUp = new RouteWarmUp(documents)) {
          warmUp.run(routes.of(kind, lanes.first()), setting.rounds().warmup);
        }
        Round round = lanes.ask(prompts.firstVisits(), lane -> routes.of(kind, lane));
        compare(kind, round);
      }
    }
    Random random = new Random(setting.rounds().seed);
    List<SystemKind> unfinished = kinds;
    while (!unfinished.isEmpty()) {
      for (SystemKind kind : setting.rounds().order.arrange(unfinished, random)) {
        progress.accept("query round: " + kind);
        rounds.get(kind).add(lanes.ask(visits(), lane -> routes.of(kind, lane)));
      }
      long leastNs = setting.rounds().minRound.toNanos();
      unfinished =
          kinds.stream()
              .filter(kind -> rounds.get(kind).stream().mapToLong(Round::ns).sum() < leastNs)
              .toList();
    }
    return rounds;
  }

  private void compare(Map<SystemKind, List<Round>> rounds) {
    rounds
        .getOrDefault(SystemKind.COLD, List.of())
        .forEach(round -> exactness.computed(round.answers()));
    rounds.forEach((kind, taken) -> taken.forEach(round -> compare(kind, round)));
  }

  private void compare(SystemKind kind, Round round) {
    exactness.compare(kind.toString(), round.answers().stream().map(Answered::answer).toList());
  }

  private void rest() {
    try {
      Thread.sleep(setting.rounds().sleepAfterWarmUp);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  /** The other process's part: asks once what the one before it asked, and writes the answers. */
  void tell(Path file) throws IOException {
    long beganNs = System.nanoTime();
    try (OpenStore open = OpenStore.open(room, config)) {
      double openMs = (System.nanoTime() - beganNs) / 1e6;
      Round round = lanes.ask(visits(), _ -> new PrefixRoute(open.store()));
      open.expectQuiet();
      Restart.tell(file, round.answers(), openMs);
    }
  }

  private Setting report(
      Round warmUp,
      Map<SystemKind, List<Round>> rounds,
      FlippedBit.Caught caught,
      @Nullable Restarted restarted) {
    RoundOptions asked = setting.rounds();
    Map<SystemKind, SystemFigures> figures = new EnumMap<>(SystemKind.class);
    rounds.forEach(
        (kind, taken) ->
            figures.put(kind, SystemFigures.of(kind.toString(), taken, asked.trimFraction)));
    List<Round> streamed = rounds.getOrDefault(SystemKind.DAXFLUX, List.of());
    return new Setting(
        setting.name(),
        new Model(
            setting.model().name(),
            engine.keys().model(),
            chunkBytes,
            (double) chunkBytes / setting.prompts().chunkTokens),
        asked(),
        SystemFigures.of("warm-up", List.of(warmUp), asked.trimFraction),
        List.copyOf(figures.values()),
        Changes.of(figures, asked),
        streamed.isEmpty() ? null : trace(streamed.getLast().answers().getLast().timeline()),
        exactness.verified(),
        caught,
        restarted);
  }

  private Asked asked() {
    PromptOptions prompt = setting.prompts();
    RoundOptions rounds = setting.rounds();
    return new Asked(
        prompt.numDocuments,
        prompt.documentLength,
        prompt.questionLength,
        prompt.outputLength,
        rounds.repeatCount,
        rounds.repeatMode.toString(),
        rounds.maxInflightRequests,
        rounds.order.toString(),
        rounds.minRound.toMillis() / 1e3);
  }

  private static Trace trace(Timeline timeline) {
    return new Trace(
        timeline.arrivals().stream().map(ns -> ns / 1e6).toList(),
        timeline.imports().stream().map(each -> each.beginNs() / 1e6).toList(),
        timeline.imports().stream().map(each -> each.endNs() / 1e6).toList(),
        timeline.firstTokenNs() / 1e6);
  }

  @Override
  public void close() {
    lanes.close();
    engine.close();
  }
}
