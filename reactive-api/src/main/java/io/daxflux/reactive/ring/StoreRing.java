package io.daxflux.reactive.ring;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventProcessor;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.NonBlocking;

/**
 * The ring and its only consumer, the store's thread. Many threads publish; requests begin in the
 * order in which they were published, and before each one all that was given back is taken back.
 */
public final class StoreRing implements Mailbox, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRing.class);
  private static final EventTranslatorOneArg<Slot, Request> FILL =
      (slot, _, request) -> slot.request = request;

  private static final int MAX_BATCH = 16;

  private final ReturnQueue returns = new ReturnQueue();
  private final BellWaitStrategy bell = new BellWaitStrategy(returns);
  private final IntakeGate gate = new IntakeGate();
  private final Disruptor<Slot> disruptor;
  private final RingBuffer<Slot> ring;
  private Thread thread;

  /**
   * Starts the consumer.
   *
   * @param slots how many requests can wait, a power of two
   */
  public StoreRing(int slots) {
    disruptor = new Disruptor<>(Slot::new, slots, this::newThread, ProducerType.MULTI, bell);
    disruptor.handleEventsWith(this::consumer);
    ring = disruptor.start();
  }

  /** Slots are free again after a batch: short ones, so that a burst is not refused in vain. */
  private EventProcessor consumer(RingBuffer<Slot> slots, Sequence[] noOthers) {
    BatchEventProcessor<Slot> processor =
        new BatchEventProcessorBuilder()
            .setMaxBatchSize(MAX_BATCH)
            .build(slots, slots.newBarrier(noOthers), new Consumer());
    // The default one would end the thread.
    processor.setExceptionHandler(new LogAndGoOn());
    return processor;
  }

  private Thread newThread(Runnable consumer) {
    thread = new StoreThread(consumer);
    return thread;
  }

  @Override
  public Intake tryPublish(Request request) {
    if (!gate.enter()) {
      return Intake.CLOSED;
    }
    try {
      return ring.tryPublishEvent(FILL, request) ? Intake.ACCEPTED : Intake.FULL;
    } finally {
      gate.leave();
    }
  }

  @Override
  public void giveBack(Returnable returned) {
    returns.push(returned);
    bell.ring();
  }

  @Override
  public void closeIntake() {
    gate.close();
  }

  /**
   * Ends intake and then the consumer, once every request that was taken in has begun, and waits
   * for its thread. Further calls do nothing. Not for the store's thread itself.
   */
  @Override
  public void close() {
    closeIntake();
    while (!gate.isQuiet()) {
      Thread.onSpinWait();
    }
    if (thread.isAlive()) {
      disruptor.shutdown();
    }
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      // It ends by itself all the same: it was told to, and nothing is left for it to do.
      Thread.currentThread().interrupt();
    }
  }

  /** One slot; emptied after handling, so that the ring keeps nothing alive. */
  private static final class Slot {
    @Nullable Request request;
  }

  private final class Consumer implements EventHandler<Slot> {
    @Override
    public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
      Request request = slot.request;
      slot.request = null;
      returns.drain();
      request.begin();
    }

    @Override
    public void onTimeout(long sequence) {
      returns.drain();
    }
  }

  /** Marked, so that {@code block()} on it fails at once and by name. */
  private static final class StoreThread extends Thread implements NonBlocking {
    StoreThread(Runnable consumer) {
      super(consumer, "daxflux-store");
      setDaemon(true);
    }
  }

  /** Sessions answer for their own failures; what still gets here must not end the consumer. */
  private static final class LogAndGoOn implements ExceptionHandler<Slot> {
    @Override
    public void handleEventException(Throwable failure, long sequence, Slot slot) {
      OffThread.log(() -> LOG.error("request failed on the store's thread", failure));
    }

    @Override
    public void handleOnStartException(Throwable failure) {
      OffThread.log(() -> LOG.error("the store's thread failed to start", failure));
    }

    @Override
    public void handleOnShutdownException(Throwable failure) {
      OffThread.log(() -> LOG.error("the store's thread failed to stop", failure));
    }
  }
}
