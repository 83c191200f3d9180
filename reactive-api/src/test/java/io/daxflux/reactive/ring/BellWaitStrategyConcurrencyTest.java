package io.daxflux.reactive.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The two-sided protocol between whoever brings work and the consumer that falls asleep: in no
 * interleaving does the consumer sleep while there is work. Where one of its steps is left out,
 * such an interleaving is found.
 */
class BellWaitStrategyConcurrencyTest {
  private static final int INTERLEAVINGS = 1500;

  @Test
  void noWakeUpIsLost() {
    whoeverBringsWork(Consumer.class).explore(INTERLEAVINGS);
  }

  @Test
  @Tag("full")
  void noWakeUpIsLostFullDose() {
    whoeverBringsWork(Consumer.class).explore(200_000);
    whoeverBringsWork(Consumer.class).thread("publish").explore(200_000);
  }

  @Test
  void consumerThatSleepsIsWokenToEnd() {
    Interleavings.of(Ending.class).thread("consume").thread("halt").explore(INTERLEAVINGS);
  }

  @Test
  void consumerThatDoesNotLookOnceMoreSleepsForEver() {
    assertThatThrownBy(() -> whoeverBringsWork(HastySleeper.class).explore(INTERLEAVINGS))
        .hasMessageContaining("The execution has hung");
  }

  @Test
  void consumerThatSaysTooLateThatItSleepsSleepsForEver() {
    assertThatThrownBy(() -> whoeverBringsWork(SecretSleeper.class).explore(INTERLEAVINGS))
        .hasMessageContaining("The execution has hung");
  }

  @Test
  void bellThatIsNotRungLeavesTheConsumerAsleep() {
    assertThatThrownBy(
            () ->
                Interleavings.of(Consumer.class)
                    .thread("consume")
                    .thread("publish")
                    .thread("giveBackInSilence")
                    .explore(INTERLEAVINGS))
        .hasMessageContaining("The execution has hung");
  }

  private static Interleavings whoeverBringsWork(Class<?> consumer) {
    return Interleavings.of(consumer).thread("consume").thread("publish").thread("giveBack");
  }

  /** A consumer, one request and one thing that comes back. */
  public static class Consumer {
    final ReturnQueue returns = new ReturnQueue();
    final Sequence published = new Sequence();
    private final Barrier barrier = new Barrier();
    private final Work returned = new Work();
    private final WaitStrategy bell = bell();
    private boolean begun;

    WaitStrategy bell() {
      return new MonitorBell(returns);
    }

    public void publish() {
      published.incrementAndGet();
      bell.signalAllWhenBlocking();
    }

    public void giveBack() {
      returns.push(returned);
      bell.signalAllWhenBlocking();
    }

    public void giveBackInSilence() {
      returns.push(returned);
    }

    /** As the Disruptor's loop does: until both have been handled. */
    public void consume() throws Exception {
      while (!begun || returned.handled == 0) {
        try {
          begun |= bell.waitFor(begun ? 1 : 0, published, published, barrier) >= 0;
        } catch (TimeoutException onlyReturns) {
          returns.drain();
        }
      }
    }

    public void check() {
      assertThat(begun).isTrue();
      assertThat(returned.handled).isEqualTo(1);
    }
  }

  /** A consumer that is halted. */
  public static class Ending {
    private final Barrier barrier = new Barrier();
    private final Sequence published = new Sequence();
    private final BellWaitStrategy bell = new MonitorBell(new ReturnQueue());
    private boolean ended;

    public void consume() throws Exception {
      try {
        bell.waitFor(0, published, published, barrier);
      } catch (AlertException halted) {
        ended = true;
      }
    }

    public void halt() {
      barrier.alert();
      bell.signalAllWhenBlocking();
    }

    public void check() {
      assertThat(ended).isTrue();
    }
  }

  /** Says that it sleeps, and does not look for work once more. */
  public static final class HastySleeper extends Consumer {
    @Override
    WaitStrategy bell() {
      return new BrokenBell(returns) {
        @Override
        void sleepUnlessThereIsWork(long sequence) {
          asleep = true;
          parking.park();
          asleep = false;
        }
      };
    }
  }

  /** Looks for work once more, and says only then that it sleeps. */
  public static final class SecretSleeper extends Consumer {
    @Override
    WaitStrategy bell() {
      return new BrokenBell(returns) {
        @Override
        void sleepUnlessThereIsWork(long sequence) {
          if (published.get() < sequence && returns.isEmpty()) {
            asleep = true;
            parking.park();
            asleep = false;
          }
        }
      };
    }
  }

  /** The strategy, over a monitor. */
  private static final class MonitorBell extends BellWaitStrategy {
    private final Parking parking = new Parking();

    MonitorBell(ReturnQueue returns) {
      super(returns);
    }

    @Override
    void park() {
      parking.park();
    }

    @Override
    void unpark(Thread sleeper) {
      parking.unpark();
    }
  }

  /** A copy of the strategy, in which a step of the consumer's side can be left out. */
  private abstract static class BrokenBell implements WaitStrategy {
    final ReturnQueue returns;
    final Parking parking = new Parking();
    volatile boolean asleep;

    BrokenBell(ReturnQueue returns) {
      this.returns = returns;
    }

    abstract void sleepUnlessThereIsWork(long sequence);

    @Override
    public long waitFor(
        long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier)
        throws TimeoutException {
      while (dependentSequence.get() < sequence) {
        if (!returns.isEmpty()) {
          throw TimeoutException.INSTANCE;
        }
        sleepUnlessThereIsWork(sequence);
      }
      return dependentSequence.get();
    }

    @Override
    public void signalAllWhenBlocking() {
      if (asleep) {
        parking.unpark();
      }
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

  private static final class Work extends Returnable {
    int handled;

    @Override
    protected void onReturn() {
      handled++;
    }
  }

  /** Only knows whether it was alerted. */
  private static final class Barrier implements SequenceBarrier {
    private volatile boolean alerted;

    @Override
    public long waitFor(long sequence) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long getCursor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isAlerted() {
      return alerted;
    }

    @Override
    public void alert() {
      alerted = true;
    }

    @Override
    public void clearAlert() {
      alerted = false;
    }

    @Override
    public void checkAlert() throws AlertException {
      if (alerted) {
        throw AlertException.INSTANCE;
      }
    }
  }
}
