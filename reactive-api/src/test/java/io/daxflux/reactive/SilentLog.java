package io.daxflux.reactive;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the product's log quiet, for tests that give it something to say all the time. */
public final class SilentLog implements AutoCloseable {
  private final Logger log = (Logger) LoggerFactory.getLogger("io.daxflux");

  public SilentLog() {
    log.setLevel(Level.OFF);
  }

  @Override
  public void close() {
    log.setLevel(null);
  }
}
