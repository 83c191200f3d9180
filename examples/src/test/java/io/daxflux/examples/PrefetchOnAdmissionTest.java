package io.daxflux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;

class PrefetchOnAdmissionTest {
  @RepeatedTest(5) // in which thread the disconnect is noticed differs
  void aClientThatGoesAwayCancelsItsOwnPrefetchAndTheMemoryIsBack() {
    Printed out = new Printed();
    PrefetchOnAdmission.run(out.stream());
    assertThat(out.lines())
        .containsExactlyInAnyOrder(
            "anna: prefill begins with 8 chunks",
            "cleo: prefill begins with 8 chunks",
            "in use: 16 chunks",
            "free: 32 of 32 MiB");
  }
}
