package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.engine.Timeline;
import io.daxflux.examples.longdocqa.engine.Lanes.Round;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One system's line of the table.
 *
 * @param ttftTrimmedMs the mean without the slowest and the fastest
 * @param ttftP99Ms with few prompts, the slowest
 * @param roundSeconds the mean, from the first question to the last answer's last token
 * @param hitRate the share of chunks that could be imported and were
 * @param restoreMs the median time from asking for the chunks until all bytes were there
 * @param storageMs the same, less what was imported meanwhile
 * @param storageShare of the time to first token, of all prompts together
 * @param importMs the median of the imports of one prompt, together
 * @param overlapped how many prompts were importing before their last chunk was there
 */
record SystemFigures(
    String system,
    int prompts,
    int rounds,
    double ttftMeanMs,
    double ttftMedianMs,
    double ttftP99Ms,
    double ttftTrimmedMs,
    double roundSeconds,
    double hitRate,
    double restoreMs,
    double storageMs,
    double storageShare,
    double importMs,
    int overlapped) {

  static SystemFigures of(String system, List<Round> rounds, double trimFraction) {
    List<Answered> answers = rounds.stream().flatMap(round -> round.answers().stream()).toList();
    long[] ttftNs = sorted(answers, Timeline::firstTokenNs);
    long[] storageNs = sorted(answers, Timeline::storageNs);
    long reusable = answers.stream().mapToLong(Answered::reusable).sum();
    long imported = answers.stream().mapToLong(Answered::imported).sum();
    return new SystemFigures(
        system,
        answers.size(),
        rounds.size(),
        mean(ttftNs, 0) / 1e6,
        percentile(ttftNs, 0.5) / 1e6,
        percentile(ttftNs, 0.99) / 1e6,
        mean(ttftNs, trimFraction) / 1e6,
        rounds.stream().mapToLong(Round::ns).average().orElse(0) / 1e9,
        reusable == 0 ? 0 : (double) imported / reusable,
        percentile(sorted(answers, Timeline::restoreNs), 0.5) / 1e6,
        percentile(storageNs, 0.5) / 1e6,
        mean(storageNs, 0) / mean(ttftNs, 0),
        percentile(sorted(answers, Timeline::importNs), 0.5) / 1e6,
        (int) answers.stream().filter(answer -> answer.timeline().overlaps()).count());
  }

  /** Whether chunks came one by one, of a system that does that at all. */
  boolean streams() {
    return overlapped > 0;
  }

  private static long[] sorted(List<Answered> answers, ToLongFunction<Timeline> figure) {
    return answers.stream()
        .mapToLong(each -> figure.applyAsLong(each.timeline()))
        .sorted()
        .toArray();
  }

  /** The mean without so much of the smallest, and of the largest. */
  static double mean(long[] sorted, double trimFraction) {
    int trimmed = (int) (sorted.length * trimFraction);
    return Arrays.stream(sorted, trimmed, sorted.length - trimmed).average().orElse(0);
  }

  /** The smallest that so much of them does not exceed. */
  static long percentile(long[] sorted, double fraction) {
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * fraction) - 1)];
  }
}
