package io.daxflux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockingHitTest {
  @Test
  void theSharedPrefixIsRestoredAndTheRestIsToBeComputed() {
    Printed out = new Printed();
    BlockingHit.run(out.stream());
    assertThat(out.lines())
        .containsExactly(
            "stored: 5 chunks of the first prompt",
            "second prompt: a hit of 3 chunks",
            "  chunk 0: 1048576 bytes, to be loaded",
            "  chunk 1: 1048576 bytes, to be loaded",
            "  chunk 2: 1048576 bytes, to be loaded",
            "  chunk 3: ABSENT, to be computed",
            "  chunk 4: ABSENT, to be computed",
            "store: nothing is out");
  }
}
