package io.daxflux.net.wire;

import io.daxflux.net.serve.Receiver;
import io.daxflux.reactive.outcome.StoreEvent;
import io.netty.buffer.ByteBuf;

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

  private final class Listener extends Receiver<StoreEvent> {
    @Override
    protected void subscribed() {
      // Nothing before the client's first grant.
    }

    @Override
    public void onNext(StoreEvent event) {
      unlessOver(() -> tell(event));
    }

    @Override
    public void onError(Throwable failure) {
      unlessOver(() -> failed(failure));
    }

    @Override
    public void onComplete() {
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
