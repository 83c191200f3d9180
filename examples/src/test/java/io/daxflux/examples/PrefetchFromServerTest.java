package io.daxflux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PrefetchFromServerTest {
  @Test
  void promptsAreLoadedFromAnotherProcess() throws IOException, InterruptedException {
    Printed out = new Printed();
    PrefetchFromServer.run(out.stream());
    assertThat(out.lines())
        .containsExactly(
            "put: 24 chunks",
            "prompt 0: 4 of 5 chunks, 4 MiB",
            "prompt 1: 4 of 5 chunks, 4 MiB",
            "prompt 2: 4 of 5 chunks, 4 MiB",
            "prompt 3: 4 of 5 chunks, 4 MiB",
            "prompt 4: 4 of 5 chunks, 4 MiB",
            "prompt 5: 4 of 5 chunks, 4 MiB",
            "store: nothing is out",
            "server: ended with 0");
  }
}
