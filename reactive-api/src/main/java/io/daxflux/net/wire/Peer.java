package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.serve.Body;
import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.net.serve.PutBody;
import io.daxflux.net.serve.Reply;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client, as its requests see it: what it has under way, and the way back to it. On the
 * connection's event loop.
 */
final class Peer {
  /** Requests, pins and writers of one client at a time. */
  private static final int MOST_CALLS = 4096;

  private final Connection connection;
  private final WireProtocol protocol;
  private final LendingTurns turns = new LendingTurns(this);
  private final ListTurns lists = new ListTurns();
  private final Map<Integer, ServerCall> calls = new HashMap<>();

  /** Of the requests that are under way. */
  private long requestBytes;

  private long untakenBytes;
  private boolean closed;

  Peer(Connection connection, WireProtocol protocol) {
    this.connection = connection;
    this.protocol = protocol;
  }

  ReactiveChunkStore store() {
    return connection.store();
  }

  WireProtocol protocol() {
    return protocol;
  }

  ServerOptions options() {
    return connection.options();
  }

  LendingTurns turns() {
    return turns;
  }

  ListTurns lists() {
    return lists;
  }

  /** Payload that may be ahead of its being copied. More may be kept: each part costs something. */
  int windowBytes() {
    return options().mostBufferedBytes() / 2;
  }

  /** Any thread. */
  void execute(Runnable task) {
    connection.execute(task);
  }

  // --- Out

  void welcome() {
    Welcome welcome =
        new Welcome(
            WireProtocol.VERSION,
            options().mostHeaderBytes() - Frame.HEAD_BYTES,
            protocol.limits().mostRequestKeys(),
            MOST_CALLS,
            windowBytes());
    send(FrameType.WELCOME, 0, welcome::write);
  }

  /** Sends a frame, and runs this when it is no longer in memory. */
  void send(FrameType type, int call, Consumer<ByteBuf> body, Runnable whenGone) {
    send(Reply.lent(whenGone).add(Frame.of(connection.memory(), type, call, body)));
  }

  void send(FrameType type, int call, Consumer<ByteBuf> body) {
    send(Reply.of(Frame.of(connection.memory(), type, call, body)));
  }

  void send(Reply reply) {
    connection.send(reply);
  }

  ByteBuf headOfData(int call, int length) {
    return Frame.head(connection.memory(), FrameType.DATA, call, length);
  }

  // --- Requests

  /**
   * Begins a request, which is refused where there are too many, or the server is stopping.
   *
   * @param bytes its own length, as a measure of what it keeps in memory
   */
  void begin(ServerCall call, int bytes) {
    if (call.id == 0 || calls.containsKey(call.id)) {
      throw new MalformedException("call: expected a number that is free, found " + call.id);
    }
    connection.tally().request();
    RuntimeException refusal = call.isRefusable() ? whyNotNow(bytes) : null;
    if (refusal == null) {
      call.bytes = bytes;
      requestBytes += bytes;
      calls.put(call.id, call);
      call.begin();
    } else {
      refuse(call.id, refusal);
    }
  }

  private @Nullable RuntimeException whyNotNow(int bytes) {
    if (connection.isEnding()) {
      return new ClosedException("its server is stopping");
    }
    boolean room = calls.isEmpty() || requestBytes + bytes <= connection.mostKeptBytes();
    return room && calls.size() < MOST_CALLS ? null : new BusyException(MOST_CALLS);
  }

  /** Says why a request is not even begun. */
  void refuse(int id, RuntimeException why) {
    send(FrameType.FAILED, id, to -> Failures.write(to, why));
  }

  /** Of the requests that are under way. */
  long requestBytes() {
    return requestBytes;
  }

  @Nullable ServerCall call(int id) {
    return calls.get(id);
  }

  /** It is over, and has said so. */
  void over(ServerCall call) {
    if (calls.remove(call.id, call)) {
      requestBytes -= call.bytes;
    }
  }

  /** Its client wants no more of it. */
  void cancel(int id) {
    ServerCall call = calls.get(id);
    if (call != null) {
      over(call);
      call.abandon();
    }
  }

  /** Whether a request is under way that comes to an end by itself. */
  boolean isBusy() {
    return calls.values().stream().anyMatch(ServerCall::isUnderWay);
  }

  // --- Payload in

  /** A place for a payload, which is copied there as it comes. */
  PutBody put(ChunkHead head, PutMode mode, PutBody.Watch watch) {
    return connection.put(head, mode, watch);
  }

  /** Hands a piece of payload to its put. */
  void receive(Frame frame) {
    untakenBytes += frame.length();
    if (untakenBytes > windowBytes()) {
      throw new MalformedException(
          "payload: expected at most " + windowBytes() + " bytes ahead, found " + untakenBytes);
    }
    if (frame.length() > 0) {
      Body taker = calls.get(frame.call()) instanceof WriterCall put ? put : dropping(frame.call());
      connection.receive(frame.length(), taker, () -> {});
    }
  }

  /** For puts that were given up, and whose bytes were on their way by then. */
  private Body dropping(int call) {
    return new Body() {
      @Override
      public void take(ByteBuf part) {
        int bytes = part.readableBytes();
        part.release();
        taken(call, bytes);
      }

      @Override
      public void abandon() {}
    };
  }

  /** Bytes of a payload take no memory of the connection's any more: as many may follow. */
  void taken(int call, int bytes) {
    untakenBytes -= bytes;
    if (!closed) {
      send(FrameType.TAKEN, call, to -> to.writeInt(bytes));
    }
  }

  /** The client is gone. */
  void close() {
    closed = true;
    turns.close();
    lists.close();
    List<ServerCall> left = List.copyOf(calls.values());
    calls.clear();
    requestBytes = 0;
    left.forEach(ServerCall::abandon);
  }
}
