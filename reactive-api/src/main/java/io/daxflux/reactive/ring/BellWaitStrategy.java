package io.daxflux.reactive.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Parks the ring's only consumer until a request is published or something is given back.
 *
 * <p>Whoever brings work stores it and then looks whether the consumer sleeps; the consumer says
 * that it sleeps and then looks for work once more. A full fence between the two steps on both
 * sides makes one of them see the other, so no wake-up is lost, and bringing work to a consumer
 * that is awake costs no more than that fence. No lock is taken: event loops publish through this.
 *
 * <p>Where only returns are waiting it reports a timeout, which the Disruptor hands to the
 * handler's {@code onTimeout}: that is where they are drained.
 */
class BellWaitStrategy implements WaitStrategy {
  private final ReturnQueue returns;
  private volatile boolean asleep;
  private volatile @Nullable Thread consumer;

  BellWaitStrategy(ReturnQueue returns) {
    this.returns = returns;
  }

  @Override
  public final long waitFor(
      long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier)
      throws AlertException, TimeoutException {
    while (true) {
      long available = dependentSequence.get();
      if (available >= sequence) {
        return available;
      }
      if (!returns.isEmpty()) {
        throw TimeoutException.INSTANCE;
      }
      barrier.checkAlert();
      sleep(sequence, dependentSequence, barrier);
    }
  }

  private void sleep(long sequence, Sequence published, SequenceBarrier barrier) {
    consumer = Thread.currentThread();
    asleep = true;
    VarHandle.fullFence();
    if (published.get() < sequence && returns.isEmpty() && !barrier.isAlerted()) {
      park();
    }
    asleep = false;
  }

  /** Wakes the consumer if it sleeps. Any thread, after it has stored what it brings. */
  final void ring() {
    VarHandle.fullFence();
    if (asleep) {
      unpark(consumer);
    }
  }

  /** Parks the consumer. With {@link #unpark} the seam at which interleavings are explored. */
  void park() {
    LockSupport.park(this);
  }

  void unpark(Thread sleeper) {
    LockSupport.unpark(sleeper);
  }

  @Override
  public final void signalAllWhenBlocking() {
    ring();
  }
}
