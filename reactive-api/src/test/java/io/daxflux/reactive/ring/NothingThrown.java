package io.daxflux.reactive.ring;

import java.util.Collection;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.ExceptionResult;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** Takes every outcome of an interleaving, but not that one of its methods threw. */
public final class NothingThrown implements Verifier {
  /** Lincheck makes it, for this specification, of which there is none. */
  public NothingThrown(Class<?> none) {}

  @Override
  public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
    Stream<?> parallel =
        results.getParallelResultsWithClock().stream()
            .flatMap(Collection::stream)
            .map(ResultWithClock::getResult);
    return Stream.concat(parallel, results.getPostResults().stream())
        .noneMatch(ExceptionResult.class::isInstance);
  }
}
