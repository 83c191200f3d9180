package io.daxflux.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * The request to stop that a signal (SIGTERM, SIGINT) is, for a command that ends in order and says
 * itself with which exit code.
 *
 * <p>The JVM answers such a signal by its shutdown hooks. Ours tells the command, waits until it
 * has ended, and ends the process with the command's exit code: left alone, the JVM would end it
 * with 143, whatever came of it. There is no hook before somebody {@linkplain #asked() wants to be
 * told}: until then, a signal ends the process at once.
 */
final class StopRequest {
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final AtomicBoolean listening = new AtomicBoolean();

  /** From now on, a signal is a request: completes when one comes, on a thread of the JVM's. */
  Mono<Void> asked() {
    if (listening.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "daxflux-stop"));
    }
    return Mono.fromFuture(asked, true);
  }

  private void stop() {
    asked.complete(null);
    Runtime.getRuntime().halt(exitCode.join());
  }

  /** Ends the process. Does not return. */
  void exit(int code) {
    exitCode.complete(code);
    // While the hook runs this waits for ever, and the hook ends the process.
    System.exit(code);
  }
}
