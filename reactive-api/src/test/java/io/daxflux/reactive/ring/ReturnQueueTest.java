package io.daxflux.reactive.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnQueueTest {
  private final ReturnQueue queue = new ReturnQueue();
  private final List<String> handled = new ArrayList<>();

  private Returnable item(String name) {
    return item(name, () -> {});
  }

  private Returnable item(String name, Runnable whenHandled) {
    return new Returnable() {
      @Override
      protected void onReturn() {
        handled.add(name);
        whenHandled.run();
      }
    };
  }

  @Test
  void oldestIsHandledFirst() {
    queue.push(item("a"));
    queue.push(item("b"));
    queue.push(item("c"));
    assertThat(queue.isEmpty()).isFalse();

    queue.drain();

    assertThat(handled).containsExactly("a", "b", "c");
    assertThat(queue.isEmpty()).isTrue();
    queue.drain();
    assertThat(handled).hasSize(3);
  }

  @Test
  void whatComesWhileOthersAreHandledIsForTheNextTime() {
    queue.push(item("a", () -> queue.push(item("late"))));
    queue.push(item("b"));

    queue.drain();
    assertThat(handled).containsExactly("a", "b");
    assertThat(queue.isEmpty()).isFalse();

    queue.drain();
    assertThat(handled).containsExactly("a", "b", "late");
  }

  @Test
  void itemMayComeBackFromItsHandlingOn() {
    Returnable[] again = new Returnable[1];
    again[0] =
        item(
            "again",
            () -> {
              if (handled.size() == 1) {
                queue.push(again[0]);
              }
            });
    queue.push(again[0]);
    queue.push(item("b"));

    queue.drain();
    queue.drain();

    assertThat(handled).containsExactly("again", "b", "again");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void oneThatFailsDoesNotTakeTheOthersAlong() {
    queue.push(item("a"));
    queue.push(
        item(
            "broken",
            () -> {
              throw new IllegalStateException("on purpose");
            }));
    queue.push(item("c"));

    queue.drain();

    assertThat(handled).containsExactly("a", "broken", "c");
  }
}
