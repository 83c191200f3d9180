package io.daxflux.net.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Takes the server's log: what clients do wrong is of no interest, what the software does is. */
final class FailureWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger log = (Logger) LoggerFactory.getLogger("io.daxflux");
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  FailureWatch() {
    setContext(log.getLoggerContext());
    start();
    log.setAdditive(false);
    log.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      failures.add(event.getFormattedMessage());
    }
  }

  void check() {
    if (!failures.isEmpty()) {
      throw new AssertionError("the server has failed: " + List.copyOf(failures));
    }
  }

  @Override
  public void close() {
    log.detachAppender(this);
    log.setAdditive(true);
  }
}
