package io.daxflux.reactive.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.RingBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ring and its one consumer at a time: whoever brings something to an idle store, or else the
 * store's own thread (see {@link Combiner}). Many threads publish; requests begin in the order in
 * which they were published, and before each one all that was given back is taken back.
 */
public final class StoreRing implements Mailbox, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRing.class);
  private static final EventTranslatorOneArg<Slot, Request> FILL =
      (slot, _, request) -> slot.request = request;

  /** Slots are free again after a batch: short ones, so that a burst is not refused in vain. */
  private static final int MAX_BATCH = 16;

  /** Batches: a guest begins some requests of others at most, a few microseconds each. */
  private static final int GUESTS_ROUNDS = 4;

  private final ReturnQueue returns = new ReturnQueue();
  private final IntakeGate gate = new IntakeGate();
  private final RingBuffer<Slot> ring;
  private final EventPoller<Slot> poller;
  private final Combiner combiner;

  /** Read and written by whoever serves. */
  private int begunInBatch;

  /**
   * Starts the store's own thread.
   *
   * @param slots how many requests can wait, a power of two
   */
  public StoreRing(int slots) {
    this(slots, GUESTS_ROUNDS);
  }

  private StoreRing(int slots, int guestsRounds) {
    combiner = new Combiner(this::serve, guestsRounds, "daxflux-store");
    ring = RingBuffer.createMultiProducer(Slot::new, slots);
    poller = ring.newPoller();
    ring.addGatingSequences(poller.getSequence());
    combiner.start();
  }

  /** One that is served by the store's own thread only. */
  public static StoreRing withoutGuests(int slots) {
    return new StoreRing(slots, 0);
  }

  @Override
  public Intake tryPublish(Request request) {
    if (!gate.enter()) {
      return Intake.CLOSED;
    }
    try {
      if (!ring.tryPublishEvent(FILL, request)) {
        return Intake.FULL;
      }
    } finally {
      gate.leave();
    }
    combiner.bring();
    return Intake.ACCEPTED;
  }

  @Override
  public void giveBack(Returnable returned) {
    returns.push(returned);
    combiner.bring();
  }

  private boolean serve() {
    begunInBatch = 0;
    returns.drain();
    try {
      return poller.poll(this::begin) == EventPoller.PollState.PROCESSING;
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Begins a request; returns whether the batch may go on. */
  private boolean begin(Slot slot, long sequence, boolean endOfBatch) {
    Request request = slot.request;
    slot.request = null;
    returns.drain();
    try {
      request.begin();
    } catch (RuntimeException | Error failure) {
      // Sessions answer for their own failures; what still gets here must not stop the others.
      OffThread.log(() -> LOG.error("request failed on the store's thread", failure));
    }
    begunInBatch++;
    return begunInBatch < MAX_BATCH;
  }

  @Override
  public void closeIntake() {
    gate.close();
  }

  /**
   * Ends intake and then serving, once every request that was taken in has begun, and waits for
   * that. Further calls do nothing. Not while serving.
   */
  @Override
  public void close() {
    closeIntake();
    while (!gate.isQuiet()) {
      Thread.onSpinWait();
    }
    if (!combiner.hasEnded()) {
      giveBack(new End());
    }
    try {
      combiner.awaitEnd();
    } catch (InterruptedException interrupted) {
      // It ends by itself all the same: it was told to, and nothing is left for it to do.
      Thread.currentThread().interrupt();
    }
  }

  /** One slot; emptied after handling, so that the ring keeps nothing alive. */
  private static final class Slot {
    @Nullable Request request;
  }

  /** The last thing that is brought. */
  private final class End extends Returnable {
    @Override
    protected void onReturn() {
      combiner.end();
    }
  }
}
