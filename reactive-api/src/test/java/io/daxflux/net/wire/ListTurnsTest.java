package io.daxflux.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListTurnsTest {
  private final ListTurns turns = new ListTurns();
  private final List<Integer> started = new ArrayList<>();

  private Runnable request(int number) {
    return () -> started.add(number);
  }

  @Test
  void fewAreUnderWayAndTheOthersFollowInTheirOrder() {
    for (int number = 0; number < 6; number++) {
      turns.enter(request(number));
    }
    assertThat(started).containsExactly(0, 1, 2, 3);

    turns.leave();
    assertThat(started).containsExactly(0, 1, 2, 3, 4);
    turns.leave();
    assertThat(started).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void whatIsWithdrawnIsNotStarted() {
    List<Runnable> requests = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      requests.add(request(number));
      turns.enter(requests.getLast());
    }

    assertThat(turns.withdraw(requests.get(4))).isTrue();
    assertThat(turns.withdraw(requests.getFirst())).as("it has its turn").isFalse();
    turns.leave();

    assertThat(started).containsExactly(0, 1, 2, 3, 5);
  }

  @Test
  void nothingIsStartedAfterTheEnd() {
    for (int number = 0; number < 5; number++) {
      turns.enter(request(number));
    }
    turns.close();
    turns.leave();

    assertThat(started).containsExactly(0, 1, 2, 3);
  }
}
