package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.ClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * The end of a loop: refuses intake, ends writers that are idle, waits for sessions and handles,
 * cancels the sessions that are late, and says when all is quiet. Everyone who closes shares that
 * moment.
 */
final class Closing {
  private final StoreLoop loop;
  private final Sinks.One<List<String>> quiet = Sinks.one();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Alarm grace;
  private final Step start = new Step(this::start);

  // Confined to the store's thread, but hasBegun is only ever asked there.
  private boolean begun;
  private boolean graceOver;
  private boolean done;

  Closing(StoreLoop loop) {
    this.loop = loop;
    this.grace = loop.alarms().alarm(this::onGraceOver);
  }

  Mono<List<String>> begin() {
    if (asked.compareAndSet(false, true)) {
      loop.mailbox().closeIntake();
      loop.mailbox().giveBack(start);
    }
    return quiet.asMono();
  }

  boolean hasBegun() {
    return begun;
  }

  private void start() {
    begun = true;
    loop.stopUnasked();
    loop.writers().endAll();
    grace.set(loop.config().closeGrace());
    checkQuiet();
  }

  private void onGraceOver() {
    if (done) {
      return;
    }
    graceOver = true;
    Duration limit = loop.config().closeGrace();
    int requests = loop.sessions().size();
    List<String> handles = outstanding();
    loop.log(
        log ->
            log.warn(
                "close: after {} there are still {} requests under way and {} handles out;"
                    + " the requests are cancelled and the handles revoked: {}",
                limit,
                requests,
                handles.size(),
                handles));
    for (Session<?> session : List.copyOf(loop.sessions())) {
      session.guard(
          () ->
              session.abort(
                  new ClosedException("it closed before this request had ended, after " + limit)));
    }
    checkQuiet();
  }

  void checkQuiet() {
    boolean handlesBack = graceOver || loop.handles().isEmpty();
    if (!begun
        || done
        || !loop.sessions().isEmpty()
        || !loop.writers().isEmpty()
        || !handlesBack
        || loop.gate().inFlight() > 0
        || !loop.journal().isIdle()) {
      return;
    }
    done = true;
    loop.alarms().stop();
    List<String> outstanding = outstanding();
    // Not on this thread, nor on one that a subscriber may be holding while it waits for us.
    Schedulers.boundedElastic().schedule(() -> quiet.tryEmitValue(outstanding));
  }

  private List<String> outstanding() {
    return loop.handles().describe();
  }
}
