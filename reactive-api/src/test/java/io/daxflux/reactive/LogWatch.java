package io.daxflux.reactive;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Takes warnings and errors from the log, and knows which were expected. */
final class LogWatch extends AppenderBase<ILoggingEvent> {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final List<String> expected = new ArrayList<>();
  private final List<String> allowed = new ArrayList<>();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

  /** Listens in place of those who print. */
  void begin() {
    root.iteratorForAppenders().forEachRemaining(others::add);
    root.detachAndStopAllAppenders();
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  void end() {
    root.detachAppender(this);
    for (Appender<ILoggingEvent> other : others) {
      other.start();
      root.addAppender(other);
    }
    others.clear();
  }

  void expect(String part) {
    expected.add(part);
    allowed.add(part);
  }

  void allow(String part) {
    allowed.add(part);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      IThrowableProxy cause = event.getThrowableProxy();
      lines.add(
          event.getLevel()
              + " "
              + event.getFormattedMessage()
              + (cause == null ? "" : ": " + cause.getClassName() + ": " + cause.getMessage()));
    }
  }

  /** All that was logged. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  List<String> unexpected() {
    return lines.stream().filter(line -> allowed.stream().noneMatch(line::contains)).toList();
  }

  List<String> missing() {
    return expected.stream()
        .filter(part -> lines.stream().noneMatch(l -> l.contains(part)))
        .toList();
  }
}
