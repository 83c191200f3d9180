package io.daxflux.reactive.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Runs methods of one object on several threads, in many interleavings, with Lincheck's model
 * checker, and then the object's method {@code check}. None of them throws unless something went
 * wrong. A thread that waits for ever is found too.
 *
 * <p>The object's class is public and static, has a public constructor without parameters, and its
 * methods here have none. Interleavings are those of sequentially consistent memory: what a missing
 * fence would allow is not among them. (Lincheck's {@code runConcurrentTest} would be shorter, but
 * on JDK 25 it does not see the threads that a test starts.)
 */
public final class Interleavings {
  private final Class<?> type;
  private final List<List<Actor>> threads = new ArrayList<>();
  private final List<Actor> afterwards = new ArrayList<>();

  private Interleavings(Class<?> type) {
    this.type = type;
  }

  /** Explores an object of this class, a new one for each interleaving. */
  public static Interleavings of(Class<?> type) {
    return new Interleavings(type);
  }

  /** Adds a thread that calls these methods one after the other. */
  public Interleavings thread(String... methods) {
    threads.add(actors(methods));
    return this;
  }

  /** Calls these methods when all threads have ended. */
  public Interleavings then(String... methods) {
    afterwards.addAll(actors(methods));
    return this;
  }

  /** Explores at most so many interleavings; fails at the first in which something went wrong. */
  public void explore(int atMost) {
    // Not as the scenario's validation: what that throws in a custom scenario is not looked at.
    List<Actor> checked = new ArrayList<>(afterwards);
    checked.add(actor("check"));
    new ModelCheckingOptions()
        .iterations(0)
        .invocationsPerIteration(atMost)
        .minimizeFailedScenario(false)
        .verifier(NothingThrown.class)
        .addCustomScenario(new ExecutionScenario(List.of(), threads, checked, null))
        .check(type);
  }

  /** Throws unless it holds: for what is explored, where AssertJ cannot follow. */
  public static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("expected that " + what);
    }
  }

  private List<Actor> actors(String... methods) {
    return Arrays.stream(methods).map(this::actor).toList();
  }

  private Actor actor(String method) {
    try {
      return new Actor(type.getMethod(method), List.of());
    } catch (NoSuchMethodException missing) {
      throw new IllegalArgumentException(missing);
    }
  }
}
