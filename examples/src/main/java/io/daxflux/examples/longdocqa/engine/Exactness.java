package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.RunFailure;
import io.daxflux.examples.longdocqa.engine.Answered.Answer;
import io.daxflux.examples.longdocqa.engine.Prompts.Visit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every answer is the one that was computed without a store: all logits, and all tokens. */
final class Exactness {
  private final Map<Visit, Answer> computed = new HashMap<>();
  private final Set<Integer> documents = new HashSet<>();
  private long answers;

  /**
   * What was compared, and found equal.
   *
   * @param documents how many different ones
   */
  record Verified(int documents, long answers) {}

  /** These were computed. */
  void computed(List<Answered> answered) {
    for (Answered each : answered) {
      computed.putIfAbsent(each.answer().visit(), each.answer());
    }
  }

  /**
   * Compares.
   *
   * @throws RunFailure at the first difference
   */
  void compare(String system, List<Answer> found) {
    for (Answer answer : found) {
      Answer expected = computed.get(answer.visit());
      if (expected == null) {
        throw new IllegalStateException("expected " + answer.visit() + " computed, found it not");
      }
      if (!answer.logits().equals(expected.logits())) {
        throw new RunFailure(describe(system, answer) + "the logits differ");
      }
      if (!answer.tokens().equals(expected.tokens())) {
        throw new RunFailure(
            describe(system, answer)
                + "expected the tokens "
                + expected.tokens()
                + ", found "
                + answer.tokens());
      }
      documents.add(answer.visit().document());
      answers++;
    }
  }

  private static String describe(String system, Answer answer) {
    return system
        + ", document "
        + (answer.visit().document() + 1)
        + ", question "
        + answer.visit().question()
        + ": ";
  }

  Verified verified() {
    return new Verified(documents.size(), answers);
  }
}
