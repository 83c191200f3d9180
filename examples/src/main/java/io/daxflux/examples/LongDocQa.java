package io.daxflux.examples;

import java.util.List;

/** Stands in for the main job until it is written: shows what the build hands it. */
public final class LongDocQa {
  private LongDocQa() {}

  /** Prints its options and whether it has a terminal. */
  public static void main(String[] args) {
    System.out.println("options: " + List.of(args));
    System.out.println("terminal: " + (System.console() != null));
    if (args.length > 0 && args[0].equals("--fail")) {
      System.exit(2);
    }
  }
}
