package io.daxflux.reactive.ring;

import reactor.core.scheduler.Schedulers;

/** Logging for threads that must not block: an appender may. */
public final class OffThread {
  private OffThread() {}

  /** Logs on a thread that may block. Never throws: there is nobody who could do better. */
  public static void log(Runnable line) {
    try {
      Schedulers.boundedElastic().schedule(line);
    } catch (RuntimeException overloaded) {
      line.run();
    }
  }
}
