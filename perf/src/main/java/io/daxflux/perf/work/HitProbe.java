package io.daxflux.perf.work;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** {@link HitWork} in a JVM of its own. */
final class HitProbe {
  /** What its rows start with. */
  static final String START = "[{";

  private HitProbe() {}

  /** Runs it so often, and prints its rows. */
  public static void main(String[] args) throws IOException {
    System.out.println(
        JsonMapper.builder()
            .build()
            .writeValueAsString(new HitWork(Integer.parseInt(args[0])).run()));
  }
}
