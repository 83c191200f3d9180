package io.daxflux.reactive.damage;

import io.daxflux.reactive.outcome.MissReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a series of damaged files came to. */
final class DamageFigures {
  final List<String> wrong = new ArrayList<>();
  final Map<String, Long> refused = new TreeMap<>();
  final Map<MissReason, Long> missed = new EnumMap<>(MissReason.class);
  long cases;
  long served;

  boolean isSound() {
    return wrong.isEmpty();
  }

  void add(DamageFigures others) {
    wrong.addAll(others.wrong);
    others.refused.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
    others.missed.forEach((reason, count) -> missed.merge(reason, count, Long::sum));
    cases += others.cases;
    served += others.served;
  }

  /** One line. */
  @Override
  public String toString() {
    return "cases %,d, wrong %,d, served %,d, missed %s, refused %s"
        .formatted(cases, wrong.size(), served, missed, refused);
  }
}
