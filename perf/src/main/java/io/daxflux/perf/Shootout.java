package io.daxflux.perf;

import picocli.CommandLine;

/**
 * Runs daxflux, floors and peers side by side on the same bytes, checks every byte, and writes down
 * what each of them reached. See {@code docs/performance.md}.
 */
public final class Shootout {
  private Shootout() {}

  /** Runs it with these options. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ShootoutCommand(System.out)).execute(args));
  }
}
