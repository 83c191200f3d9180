package io.daxflux.net;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows every buffer of Netty's that is not released, without waiting for the garbage collector to
 * find it. Netty is told to use it by a system property; see {@code reactive-api/pom.xml}.
 *
 * @param <T> what is tracked
 */
public final class CountedBuffers<T> extends ResourceLeakDetector<T> {
  /** With where they were made, to tell which one is left. */
  private static final Set<Throwable> OPEN = ConcurrentHashMap.newKeySet();

  /** Netty looks for this one, too. */
  public CountedBuffers(Class<?> type, int samplingInterval, long maxActive) {
    this(type, samplingInterval);
  }

  /** Called by Netty. */
  public CountedBuffers(Class<?> type, int samplingInterval) {
    super(type, samplingInterval);
  }

  /** Where those that are not released were made. */
  public static Set<Throwable> origins() {
    return Set.copyOf(OPEN);
  }

  @Override
  public ResourceLeakTracker<T> track(T resource) {
    return new Tracker<>();
  }

  @Override
  public ResourceLeakTracker<T> trackForcibly(T resource) {
    return new Tracker<>();
  }

  private static final class Tracker<T> implements ResourceLeakTracker<T> {
    private final Throwable origin = new Throwable("made here");

    Tracker() {
      OPEN.add(origin);
    }

    @Override
    public void record() {}

    @Override
    public void record(Object hint) {}

    @Override
    public boolean close(T resource) {
      return OPEN.remove(origin);
    }
  }
}
