package io.daxflux.perf.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "2, false", "3, true", "3, false"})
  void everybodyDoesEachTaskOnceBeforeItReturns(int size, boolean alert) {
    try (Crew crew = new Crew(size)) {
      crew.alert(alert);
      AtomicIntegerArray done = new AtomicIntegerArray(size);
      for (int task = 1; task <= 1000; task++) {
        crew.run(done::incrementAndGet);
        for (int member = 0; member < size; member++) {
          assertThat(done.get(member)).isEqualTo(task);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failureOfHelperReachesTheCaller(boolean alert) {
    try (Crew crew = new Crew(2)) {
      crew.alert(alert);

      assertThatThrownBy(
              () ->
                  crew.run(
                      member -> {
                        if (member == 1) {
                          throw new IllegalArgumentException("bad part");
                        }
                      }))
          .hasRootCauseMessage("bad part");
    }
  }
}
