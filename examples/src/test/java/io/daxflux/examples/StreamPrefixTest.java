package io.daxflux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamPrefixTest {
  @Test
  void allChunksPassThroughMemoryForTwo() throws InterruptedException {
    Printed out = new Printed();
    StreamPrefix.run(out.stream());
    assertThat(out.lines())
        .containsExactly(
            "loaded: 16 chunks, 16 MiB, through 2 MiB of output memory", "store: nothing is out");
  }
}
