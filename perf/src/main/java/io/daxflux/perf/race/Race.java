package io.daxflux.perf.race;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.race.Callers.Timing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Contenders in turn, round after round, each round in another order: what else the machine does
 * meanwhile meets all of them alike. After each turn every byte is compared with what was put.
 */
public final class Race {
  private final List<Contender> contenders;
  private final List<Ask> asks;
  private final int callers;
  private final Pace pace;
  private final Random random = new Random(7);

  /**
   * A race over these requests.
   *
   * @param callers how many callers make them, each as many
   */
  public Race(List<? extends Contender> contenders, List<Ask> asks, int callers, Pace pace) {
    this.contenders = List.copyOf(contenders);
    this.asks = asks;
    this.callers = callers;
    this.pace = pace;
  }

  /** Runs it. */
  public List<Finish> run() {
    List<Finish> finishes = contenders.stream().map(Finish::new).toList();
    try (Callers crowd = new Callers(callers)) {
      for (Contender contender : contenders) {
        warmUp(contender, crowd);
      }
      List<Finish> order = new ArrayList<>(finishes);
      long startNs = System.nanoTime();
      for (int round = 0; round < pace.rounds(); round++) {
        if (round >= pace.leastRounds() && System.nanoTime() - startNs > pace.atMost().toNanos()) {
          break;
        }
        Collections.shuffle(order, random);
        order.forEach(finish -> turn(finish, crowd));
      }
    }
    return finishes;
  }

  private void warmUp(Contender contender, Callers crowd) {
    long startNs = System.nanoTime();
    do {
      turn(new Finish(contender), crowd);
    } while (System.nanoTime() - startNs < pace.warmUp().toNanos());
  }

  private void turn(Finish finish, Callers crowd) {
    try (Visit visit = finish.contender().prepare(asks)) {
      List<Timing> timings = crowd.make(asks.size(), visit);
      note(timings, finish);
      check(finish.contender(), visit);
    }
  }

  private void note(List<Timing> timings, Finish finish) {
    long startNs = timings.stream().mapToLong(Timing::startNs).min().orElseThrow();
    long endNs = timings.stream().mapToLong(Timing::endNs).max().orElseThrow();
    double meanNs = timings.stream().mapToLong(Timing::ns).average().orElseThrow();
    long slowestNs = timings.stream().mapToLong(Timing::ns).max().orElseThrow();
    finish
        .figures()
        .add(
            switch (finish.contender().work().unit()) {
              case GIGABYTES_PER_SECOND -> (double) bytes() / (endNs - startNs);
              case MICROSECONDS -> meanNs / 1e3 * callers / asks.size();
            });
    timings.stream()
        .flatMap(timing -> timing.firstChunkNs().stream())
        .forEach(ns -> finish.firstChunkUs().add(ns / 1e3));
    finish.slowest().add(slowestNs / meanNs);
  }

  private long bytes() {
    return asks.stream().mapToLong(Ask::bytes).sum();
  }

  private record Served(Ask ask, int index, MemorySegment bytes) {}

  private void check(Contender contender, Visit visit) {
    List<Served> served = new ArrayList<>();
    for (int ask = 0; ask < asks.size(); ask++) {
      List<MemorySegment> chunks = visit.chunks(ask);
      for (int index = 0; index < asks.get(ask).chunks(); index++) {
        served.add(new Served(asks.get(ask), index, chunks.get(index)));
      }
    }
    IntStream.range(0, served.size()).parallel().forEach(i -> check(contender, served.get(i)));
  }

  private static void check(Contender contender, Served served) {
    long mismatch = served.ask.payload(served.index).mismatch(served.bytes);
    if (mismatch >= 0) {
      throw new IllegalStateException(
          contender.system()
              + ": document "
              + served.ask.document().number()
              + ", chunk "
              + (served.ask.first() + served.index)
              + ": expected the bytes that were put, found another at "
              + mismatch);
    }
  }
}
