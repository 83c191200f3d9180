package io.daxflux.perf.work;

import io.daxflux.perf.probe.FreshJvm;
import java.io.IOException;

/** {@link HitWork} in a JVM of its own. */
final class HitProbe {
  private HitProbe() {}

  /** Runs it so often, and hands over its rows. */
  public static void main(String[] args) throws IOException {
    FreshJvm.hand(new HitWork(Integer.parseInt(args[0])).run());
  }
}
