package io.daxflux.examples.longdocqa;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** The bar that shows how far the run is, or nothing where nobody looks. */
final class Progress implements AutoCloseable {
  private static final int COLUMNS = 79;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** When there is a bar. */
  enum Mode {
    /** On a terminal. */
    AUTO,
    ALWAYS,
    NEVER;

    boolean shows() {
      return switch (this) {
        case AUTO -> onTerminal();
        case ALWAYS -> true;
        case NEVER -> false;
      };
    }

    private static boolean onTerminal() {
      Console console = System.console();
      return console != null && console.isTerminal();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** No bar. */
  static Progress none() {
    return new Progress(null);
  }

  /**
   * @param steps how many there will be
   */
  static Progress of(Mode mode, long steps, PrintStream terminal) {
    if (!mode.shows()) {
      return none();
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName("LongDocQa")
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(terminal, COLUMNS))
            .clearDisplayOnFinish()
            .build());
  }

  /** So many more steps are done, of this kind. */
  void step(String doing, long steps) {
    if (bar != null) {
      bar.setExtraMessage(" " + doing).stepBy(steps);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
