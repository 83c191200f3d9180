package io.daxflux.perf.work;

import com.fasterxml.jackson.core.type.TypeReference;
import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The single hit in a JVM all of whose threads run on one processor: no other has to be woken,
 * which costs more than the hit itself where a hypervisor has to do it.
 *
 * @param hits how often; with less than 10,000 the store is not compiled yet, as the compiler has
 *     to share the processor
 */
public record ConfinedHitWork(int hits) {
  private static final List<String> CONFINED = List.of("taskset", "-c", "0");
  private static final String SUFFIX = ", one processor";

  /** Runs it. */
  public List<Row> run() {
    if (!canConfine()) {
      return List.of(
          HitWork.absent(
              "daxflux restoreAll" + SUFFIX, "no taskset to processor 0 on this machine"));
    }
    List<Row> rows =
        FreshJvm.found(
            CONFINED,
            // The collector that JVMs choose where they see more than one processor
            List.of("-Xmx1g", "-XX:+UseG1GC"),
            HitProbe.class,
            List.of(Integer.toString(hits)),
            new TypeReference<>() {});
    return rows.stream().map(row -> row.suffixed(SUFFIX)).toList();
  }

  private static boolean canConfine() {
    List<String> nothing = new ArrayList<>(CONFINED);
    nothing.add("true");
    try {
      return new ProcessBuilder(nothing)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
