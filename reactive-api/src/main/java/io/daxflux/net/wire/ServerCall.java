package io.daxflux.net.wire;

import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** One request of a client. On the connection's event loop. */
abstract class ServerCall {
  final int id;
  final Peer peer;

  /** What it counts for among its client's requests; its peer's. */
  int bytes;

  ServerCall(Peer peer, int id) {
    this.peer = peer;
    this.id = id;
  }

  /** Starts. Called once. */
  abstract void begin();

  /** Nobody waits for it any more: gives back what it holds. Called at most once. */
  abstract void abandon();

  /** Whether it may be refused where there are too many; not one by which others end. */
  boolean isRefusable() {
    return true;
  }

  /** Whether it comes to an end without the client's doing. */
  boolean isUnderWay() {
    return true;
  }

  /** The client has room for more. */
  void grant(ByteBuf body) {
    throw new MalformedException("grant: expected a call that sends payload, found " + id);
  }

  final void send(FrameType type, Consumer<ByteBuf> body) {
    peer.send(type, id, body);
  }

  /** Its last frame. */
  final void done(Consumer<ByteBuf> body) {
    peer.over(this);
    send(FrameType.DONE, body);
  }

  /** Its last frame, an error. */
  final void failed(Throwable failure) {
    peer.over(this);
    send(FrameType.FAILED, to -> Failures.write(to, failure));
  }
}
