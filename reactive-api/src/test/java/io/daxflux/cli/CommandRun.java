package io.daxflux.cli;

import static io.daxflux.reactive.Chunks.SOON;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import reactor.core.publisher.Sinks;

/** A run of the command within this process, and what it printed. */
final class CommandRun {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Sinks.Empty<Void> stop = Sinks.empty();
  private final DaxfluxCommand command =
      new DaxfluxCommand(printTo(out), printTo(err), stop::asMono);
  private CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /** Runs with these words, to the end. */
  static CommandRun of(String... words) {
    CommandRun run = new CommandRun();
    run.exitCode.complete(run.command.execute(words));
    return run;
  }

  /** Runs with these words on a thread of its own, until it listens. */
  static CommandRun serving(String... words) {
    CommandRun run = new CommandRun();
    run.exitCode = CompletableFuture.supplyAsync(() -> run.command.execute(words));
    Awaitility.await()
        .atMost(SOON)
        .until(() -> run.exitCode.isDone() || !run.addresses().isEmpty());
    return run;
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** What SIGTERM would do. */
  CommandRun stop() {
    stop.tryEmitEmpty();
    return this;
  }

  int exitCode() {
    return exitCode.orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** Where it listens. */
  List<String> addresses() {
    return out().stream()
        .filter(line -> line.startsWith("listening on "))
        .map(line -> line.substring("listening on ".length()))
        .toList();
  }

  List<String> out() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  List<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  DaxfluxCommand command() {
    return command;
  }

  static DaxfluxCommand unused() {
    return new CommandRun().command();
  }
}
