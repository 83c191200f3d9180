package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.StoreEvent;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * What happens to chunks, as far as the client has room for it. Few events are on their way at a
 * time: for a client that does not read, the store keeps as many as for any slow listener.
 */
final class EventsCall extends ServerCall {
  private static final int MOST_ON_THEIR_WAY = 64;

  private final Listener listener = new Listener();

  /** What the client has asked for, and the store has not been asked for. */
  private long granted;

  private int onTheirWay;
  private boolean over;

  EventsCall(Peer peer, int id) {
    super(peer, id);
  }

  @Override
  void begin() {
    peer.store().events().subscribe(listener);
  }

  @Override
  boolean isUnderWay() {
    return false;
  }

  /** u32: for so many more. */
  @Override
  void grant(ByteBuf body) {
    granted += body.readUnsignedInt();
    ask();
  }

  private void ask() {
    int more = (int) Math.min(granted, MOST_ON_THEIR_WAY - onTheirWay);
    if (more > 0 && !over) {
      granted -= more;
      onTheirWay += more;
      listener.request(more);
    }
  }

  private void tell(StoreEvent event) {
    peer.send(FrameType.EVENT, id, to -> Outcomes.writeEvent(to, event), this::told);
  }

  private void told() {
    onTheirWay--;
    ask();
  }

  @Override
  void abandon() {
    over = true;
    listener.cancel();
  }

  private final class Listener extends BaseSubscriber<StoreEvent> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      // Nothing before the client's first grant.
    }

    @Override
    protected void hookOnNext(StoreEvent event) {
      unlessOver(() -> tell(event));
    }

    @Override
    protected void hookOnError(Throwable failure) {
      unlessOver(() -> failed(failure));
    }

    @Override
    protected void hookOnComplete() {
      unlessOver(() -> done(_ -> {}));
    }

    private void unlessOver(Runnable task) {
      peer.execute(
          () -> {
            if (!over) {
              task.run();
            }
          });
    }
  }
}
