package io.daxflux.reactive.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guests and the owner: in no interleaving is something left unserved, and never do two serve at
 * once. Where a step is left out, such an interleaving is found.
 */
class CombinerConcurrencyTest {
  private static final int INTERLEAVINGS = 1500;

  @Test
  void allThatIsBroughtIsServedByOneThreadAtATime() {
    threeBring(GuestsServe.class).explore(INTERLEAVINGS);
  }

  @Test
  void allThatIsBroughtIsServedWhereGuestsDoNotServe() {
    threeBring(OwnerServes.class).explore(INTERLEAVINGS);
  }

  @Test
  @Tag("full")
  void allThatIsBroughtIsServedFullDose() {
    threeBring(GuestsServe.class).explore(200_000);
    threeBring(OwnerServes.class).explore(200_000);
  }

  @Test
  void ownerThatIsNotWokenLeavesWorkUnserved() {
    assertThatThrownBy(() -> threeBring(DeafOwner.class).explore(INTERLEAVINGS))
        .hasMessageContaining("The execution has hung");
  }

  @Test
  void workThatDeniesThatSomethingIsLeftIsLost() {
    assertThatThrownBy(() -> threeBring(Denier.class).explore(INTERLEAVINGS))
        .hasMessageContaining("The execution has hung");
  }

  private static Interleavings threeBring(Class<?> served) {
    return Interleavings.of(served).thread("own").thread("bringA", "bringB").thread("bringC");
  }

  /** Guests serve one piece, and leave the rest to the owner. */
  public static class GuestsServe {
    private final ReturnQueue returns = new ReturnQueue();
    private final Parking parking = new Parking();
    final Combiner combiner = new MonitorCombiner(guestsRounds());
    private boolean serving;
    private int served;

    int guestsRounds() {
      return 1;
    }

    /** Whether there may be more after a piece. */
    boolean more() {
      return !returns.isEmpty();
    }

    void wake(Parking owner) {
      owner.unpark();
    }

    public void own() {
      combiner.serveWhatIsLeft();
    }

    public void bringA() {
      bring();
    }

    public void bringB() {
      bring();
    }

    public void bringC() {
      bring();
    }

    private void bring() {
      returns.push(new Item());
      combiner.bring();
    }

    boolean serve() {
      Interleavings.require(!serving, "one serves at a time");
      serving = true;
      returns.drain();
      serving = false;
      return more();
    }

    public void check() {
      Interleavings.require(served == 3, "all was served");
      Interleavings.require(combiner.hasEnded(), "it has ended");
    }

    private final class Item extends Returnable {
      @Override
      protected void onReturn() {
        served++;
        if (served == 3) {
          combiner.end();
        }
      }
    }

    private final class MonitorCombiner extends Combiner {
      MonitorCombiner(int guestsRounds) {
        super(GuestsServe.this::serve, guestsRounds, "not started");
      }

      @Override
      void rest() {
        parking.park();
      }

      @Override
      void wakeOwner() {
        wake(parking);
      }
    }
  }

  /** All is left to the owner. */
  public static class OwnerServes extends GuestsServe {
    @Override
    int guestsRounds() {
      return 0;
    }
  }

  /** Whose owner hears nothing. */
  public static class DeafOwner extends OwnerServes {
    @Override
    void wake(Parking owner) {}
  }

  /** Serves nothing every other time, and says that nothing is left. */
  public static class Denier extends GuestsServe {
    private boolean denies;

    @Override
    boolean serve() {
      denies = !denies;
      return !denies && super.serve();
    }
  }

  /**
   * What {@code LockSupport} promises, but without its wake-ups for no reason, which would hide a
   * lost one.
   */
  private static final class Parking {
    private boolean permit;

    synchronized void park() {
      while (!permit) {
        try {
          wait();
        } catch (InterruptedException interrupted) {
          throw new AssertionError(interrupted);
        }
      }
      permit = false;
    }

    synchronized void unpark() {
      permit = true;
      notifyAll();
    }
  }
}
