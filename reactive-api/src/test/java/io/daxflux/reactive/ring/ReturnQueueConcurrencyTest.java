package io.daxflux.reactive.ring;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In every interleaving what is pushed is handled once, and in the order of its thread. */
class ReturnQueueConcurrencyTest {
  @Test
  void nothingIsLostDoubledOrOvertaken() {
    explore(1500);
  }

  @Test
  @Tag("full")
  void nothingIsLostDoubledOrOvertakenFullDose() {
    explore(200_000);
  }

  private static void explore(int interleavings) {
    Interleavings.of(TwoGivers.class)
        .thread("giveA1", "giveA2")
        .thread("giveB1", "giveB2")
        .thread("drain", "drain")
        .then("drain")
        .explore(interleavings);
  }

  /** Two threads that give back, and the consumer. */
  public static class TwoGivers {
    private final ReturnQueue queue = new ReturnQueue();
    private final List<String> handled = new ArrayList<>();
    private final Returnable a1 = new Item("a1");
    private final Returnable a2 = new Item("a2");
    private final Returnable b1 = new Item("b1");
    private final Returnable b2 = new Item("b2");

    public void giveA1() {
      queue.push(a1);
    }

    public void giveA2() {
      queue.push(a2);
    }

    public void giveB1() {
      queue.push(b1);
    }

    public void giveB2() {
      queue.push(b2);
    }

    public void drain() {
      queue.drain();
    }

    public void check() {
      Interleavings.require(handled.size() == 4, "none is handled twice");
      Interleavings.require(isHandledInOrder("a1", "a2"), "one's own are not overtaken");
      Interleavings.require(isHandledInOrder("b1", "b2"), "nor the other's");
      Interleavings.require(queue.isEmpty(), "nothing is left");
    }

    private boolean isHandledInOrder(String first, String second) {
      int before = handled.indexOf(first);
      return before >= 0 && handled.indexOf(second) > before;
    }

    private final class Item extends Returnable {
      private final String name;

      Item(String name) {
        this.name = name;
      }

      @Override
      protected void onReturn() {
        handled.add(name);
      }
    }
  }
}
