package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.StoreEvent;
import io.netty.buffer.ByteBuf;
import reactor.core.CoreSubscriber;

/** What happens to chunks there, as far as the listener has asked for it. */
final class EventsRequest extends Request<StoreEvent> {
  private static final long MOST_GRANTED = 0xffff_ffffL;
  private long granted;

  EventsRequest(RemoteParts parts, CoreSubscriber<? super StoreEvent> subscriber) {
    super(parts, subscriber, _ -> {});
  }

  /** What happens from now on is told, when it is asked for. */
  @Override
  void subscribed() {
    beginUnasked();
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(FrameType.EVENTS, number, _ -> {});
    demanded();
  }

  @Override
  boolean endsByItself() {
    return false;
  }

  @Override
  void demanded() {
    while (isSent() && granted < outbox.requested()) {
      long more = Math.min(MOST_GRANTED, outbox.requested() - granted);
      granted += more;
      if (outbox.requested() == Long.MAX_VALUE) {
        granted = Long.MAX_VALUE;
      }
      wire().send(FrameType.GRANT, id(), to -> to.writeInt((int) more));
    }
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case EVENT -> outbox.offer(Outcomes.readEvent(from));
      case DONE -> complete();
      default -> throw unexpected(answer, from);
    }
  }

  /** A closed store has no more events; that is no error. */
  @Override
  public void lost(RuntimeException why) {
    if (why instanceof ClosedException) {
      complete();
    } else {
      super.lost(why);
    }
  }

  @Override
  void refused(ClosedException why) {
    outbox.complete();
  }
}
