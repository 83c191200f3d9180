package io.daxflux.perf.probe;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.reactive.ReactiveChunkStore;

/** Opens an empty store on a file, with its defaults otherwise, says so, and closes it. */
public final class StartProbe {
  /** What it says when the store is open. */
  public static final String OPEN = "open";

  private StartProbe() {}

  /** Opens one: file, length in bytes, and whether of huge pages. */
  public static void main(String[] args) {
    ReactiveChunkStore store =
        ReactiveChunkStore.open(
                DaxfluxConfig.builder()
                    .devicePath(args[0])
                    .deviceBytes(Long.parseLong(args[1]))
                    .hugePages(Boolean.parseBoolean(args[2]))
                    .format(FormatPolicy.ALWAYS)
                    .build())
            .block();
    System.out.println(OPEN);
    store.close().block();
  }
}
