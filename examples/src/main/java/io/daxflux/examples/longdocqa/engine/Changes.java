package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.PathOrder;
import io.daxflux.examples.longdocqa.engine.EngineReport.Change;
import io.daxflux.examples.longdocqa.engine.EngineReport.Published;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares systems, two by two. */
final class Changes {
  private static final Duration LONG_ROUND = Duration.ofMinutes(1);

  /* Of #2904: Qwen3-14B, 30 documents of 10,000 tokens, 200 output tokens, 2 repeats, tile, 5 in flight. */
  private static final Published PLAIN = new Published("as it is", -61.6, -33.3);
  private static final Published REVERSED = new Published("order reversed", -58.4, -32.5);
  private static final Published LONG = new Published("rounds over a minute", -62.0, -36.0);

  private Changes() {}

  static List<Change> of(Map<SystemKind, SystemFigures> systems, RoundOptions options) {
    List<Change> changes = new ArrayList<>();
    Published published = published(options);
    add(changes, systems, SystemKind.DAXFLUX, SystemKind.COLD, null);
    add(changes, systems, SystemKind.STAGED, SystemKind.SERIAL, published);
    add(changes, systems, SystemKind.DAXFLUX, SystemKind.SERIAL, published);
    add(changes, systems, SystemKind.DAXFLUX, SystemKind.STAGED, null);
    add(changes, systems, SystemKind.SERVED, SystemKind.COLD, null);
    return changes;
  }

  private static void add(
      List<Change> changes,
      Map<SystemKind, SystemFigures> systems,
      SystemKind kind,
      SystemKind against,
      @Nullable Published published) {
    SystemFigures one = systems.get(kind);
    SystemFigures other = systems.get(against);
    if (one != null && other != null) {
      changes.add(
          new Change(
              one.system(),
              other.system(),
              percent(one.ttftMeanMs(), other.ttftMeanMs()),
              percent(one.roundSeconds(), other.roundSeconds()),
              published));
    }
  }

  private static double percent(double one, double other) {
    return 100 * (one / other - 1);
  }

  /** Its row under the same control. */
  static Published published(RoundOptions options) {
    if (options.order == PathOrder.REVERSED) {
      return REVERSED;
    }
    return options.minRound.compareTo(LONG_ROUND) >= 0 ? LONG : PLAIN;
  }
}
