package io.daxflux.net.serve;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import io.daxflux.reactive.outcome.PutStart;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Asks the store for a place, and again for a while where the store is busy. Tells the answer, or
 * an error, once, on the event loop; where that has ended, a writer is closed and nobody is told.
 */
final class PlaceRequest implements CoreSubscriber<PutStart> {
  private final Puts puts;
  private final ChunkHead head;
  private final PutMode mode;
  private final Consumer<PutStart> whenKnown;
  private final Consumer<Throwable> whenFailed;
  private int retries;
  private boolean abandoned;

  PlaceRequest(
      Puts puts,
      ChunkHead head,
      PutMode mode,
      Consumer<PutStart> whenKnown,
      Consumer<Throwable> whenFailed) {
    this.puts = puts;
    this.head = head;
    this.mode = mode;
    this.whenKnown = whenKnown;
    this.whenFailed = whenFailed;
  }

  /** On the event loop. */
  void ask() {
    puts.store().startPut(head, mode).subscribe(this);
  }

  /** Does not ask again: the next answer is told, whatever it is. On the event loop. */
  void abandon() {
    abandoned = true;
  }

  private void begin(PutStart begun) {
    if (isBusy(begun) && !abandoned && retries < Patience.MOST_RETRIES) {
      var _ = puts.loop().schedule(this::ask, Patience.delayMs(retries), TimeUnit.MILLISECONDS);
      retries++;
    } else {
      whenKnown.accept(begun);
    }
  }

  private static boolean isBusy(PutStart begun) {
    return begun instanceof NotStarted(Refused(_, Refused.Reason reason))
        && reason == Refused.Reason.BUSY;
  }

  // --- What the store says, any thread

  @Override
  public Context currentContext() {
    return puts.delivery();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(PutStart begun) {
    if (puts.loop().inEventLoop()) {
      begin(begun);
      return;
    }
    try {
      puts.loop().execute(() -> begin(begun));
    } catch (RejectedExecutionException ended) {
      if (begun instanceof ChunkWriter open) {
        open.close();
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    try {
      puts.loop().execute(() -> whenFailed.accept(failure));
    } catch (RejectedExecutionException ended) {
      // Nobody is left to be told.
    }
  }

  @Override
  public void onComplete() {}
}
