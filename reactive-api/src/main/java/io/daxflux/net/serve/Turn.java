package io.daxflux.net.serve;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** One request of a connection: what is to be done, and its place in the order of replies. */
final class Turn extends Receiver<Answer> {
  /** How it is carried out beside the others of its connection. */
  enum Way {
    /** Side by side with others: changes nothing, and its reply is small. */
    TOGETHER,
    /**
     * The same, where nobody knows how long the reply is: begins when the lengths of those before
     * are known.
     */
    MEASURED,
    /** Behind all before it, and ahead of all after it. */
    ALONE
  }

  final Way way;

  /** What its request keeps on the heap until it is answered. */
  final long heapBytes;

  private final Turns turns;
  private final Mono<Answer> work;
  private boolean told;

  /** Null until it is carried out. On the event loop. */
  @Nullable Reply reply;

  Turn(Turns turns, Mono<Answer> work, Way way, long heapBytes) {
    this.turns = turns;
    this.work = work;
    this.way = way;
    this.heapBytes = heapBytes;
  }

  void start() {
    work.subscribe(this);
  }

  @Override
  public Context currentContext() {
    return turns.delivery();
  }

  @Override
  public void onNext(Answer result) {
    tell(result, null);
  }

  @Override
  public void onError(Throwable failure) {
    tell(Answer.none(), failure);
  }

  @Override
  public void onComplete() {
    // As a rule behind a value, which has told all there is.
    if (!told) {
      tell(Answer.none(), null);
    }
  }

  private void tell(Answer result, @Nullable Throwable failure) {
    if (told) {
      result.discard();
    } else {
      told = true;
      turns.onResult(this, result, failure);
    }
  }
}
