package io.daxflux.perf.work;

import com.fasterxml.jackson.core.type.TypeReference;
import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The single hit in a JVM of its own: what ran before decides how quickly threads wake each other
 * from then on.
 *
 * @param hits how often; with less than 10,000 on one processor the store is not compiled yet, as
 *     the compiler has to share it
 * @param isConfined whether all threads run on one processor: no other has to be woken, which costs
 *     more than the hit itself where a hypervisor has to do it
 */
public record HitJvmWork(int hits, boolean isConfined) {
  private static final List<String> CONFINED = List.of("taskset", "-c", "0");
  private static final String SUFFIX = ", one processor";

  /** Runs it. */
  public List<Row> run() {
    if (!isConfined) {
      return found(List.of());
    }
    if (!canConfine()) {
      return List.of(
          HitWork.absent(
              "daxflux restoreAll" + SUFFIX, "no taskset to processor 0 on this machine"));
    }
    return found(CONFINED).stream().map(row -> row.suffixed(SUFFIX)).toList();
  }

  private List<Row> found(List<String> launcher) {
    return FreshJvm.found(
        launcher,
        // The collector that JVMs choose where they see more than one processor
        List.of("-Xmx1g", "-XX:+UseG1GC"),
        HitProbe.class,
        List.of(Integer.toString(hits)),
        new TypeReference<>() {});
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
