package io.daxflux.net.wire;

import io.daxflux.net.serve.MalformedException;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.RemoteException;
import io.daxflux.reactive.outcome.StoreException.Category;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server: greets it, gives requests their numbers, and frames to the requests
 * that they belong to. On the client's event loop.
 */
final class Wire extends ChannelInboundHandlerAdapter implements FrameReader.Receiver {
  private final RemoteOptions options;
  private final Link link;
  private final Map<Integer, ClientCall> calls = new HashMap<>();
  private final FrameReader reader = new FrameReader(this);
  private final KeepAlive keepAlive;
  private ChannelHandlerContext context;
  private @Nullable Welcome welcome;
  private @Nullable PayloadTurns turns;
  private int lastId;
  private boolean over;
  private @Nullable RuntimeException ending;

  Wire(RemoteOptions options, Link link) {
    this.options = options;
    this.link = link;
    this.keepAlive =
        new KeepAlive(
            () -> !calls.isEmpty(),
            () -> send(FrameType.PING, 0, _ -> {}),
            () -> close(lost("no answer within " + options.keepAlive(), null)));
  }

  private RemoteException lost(String why, @Nullable Throwable cause) {
    return RemoteException.lost(options.toString(), why, cause);
  }

  // --- For requests

  /** Gives a request its number, and has it sent. */
  void begin(ClientCall call) {
    Welcome known = limits();
    if (over) {
      call.lost(lost("it closed", null));
    } else if (calls.size() >= known.mostCalls()) {
      call.lost(new BusyException(known.mostCalls()));
    } else {
      int id = nextId();
      calls.put(id, call);
      call.connected(this, id);
    }
  }

  private int nextId() {
    do {
      lastId++;
    } while (lastId == 0 || calls.containsKey(lastId));
    return lastId;
  }

  /** Sends a request, or fails it where it is longer than the server takes. */
  void request(FrameType type, int id, Consumer<ByteBuf> body) {
    ByteBuf frame = Frame.of(memory(), type, id, body);
    int length = frame.readableBytes() - Frame.HEAD_BYTES;
    if (length > limits().mostFrameBytes()) {
      frame.release();
      ClientCall call = calls.remove(id);
      if (call != null) {
        call.lost(
            RemoteException.unknown(
                Category.ASK_LESS,
                "request: expected at most "
                    + limits().mostFrameBytes()
                    + " bytes (most header bytes of the server), found "
                    + length));
      }
    } else {
      write(frame);
      flush();
    }
  }

  void send(FrameType type, int id, Consumer<ByteBuf> body) {
    write(Frame.of(memory(), type, id, body));
    flush();
  }

  /** Another stands for the request from now on. */
  void handOver(int id, ClientCall successor) {
    calls.replace(id, successor);
  }

  /** The request has had its last frame. */
  void over(int id) {
    calls.remove(id);
  }

  /** Nobody wants more of the request. */
  void cancel(int id) {
    if (calls.remove(id) != null && !over) {
      send(FrameType.CANCEL, id, _ -> {});
    }
  }

  PayloadTurns turns() {
    if (turns == null) {
      throw new IllegalStateException("expected a connection that was greeted");
    }
    return turns;
  }

  Welcome limits() {
    if (welcome == null) {
      throw new IllegalStateException("expected a connection that was greeted");
    }
    return welcome;
  }

  ByteBufAllocator memory() {
    return context.alloc();
  }

  boolean isWritable() {
    return !over && context.channel().isWritable();
  }

  void write(ByteBuf frame) {
    if (over) {
      frame.release();
    } else {
      var _ = context.write(frame);
    }
  }

  void flush() {
    if (!over) {
      context.flush();
    }
  }

  /** Closes it; what is under way is told this. */
  void close(RuntimeException why) {
    if (ending == null) {
      ending = why;
    }
    var _ = context.close();
  }

  // --- Its life

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    link.opened(this);
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    byte[] secret =
        options.secret() == null ? new byte[0] : options.secret().getBytes(StandardCharsets.UTF_8);
    send(FrameType.HELLO, 0, to -> Hello.write(to, secret));
    var _ =
        context
            .executor()
            .schedule(
                this::lookWhetherGreeted, options.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
    keepAlive.start(context.executor(), options.keepAlive());
  }

  private void lookWhetherGreeted() {
    if (welcome == null && !over) {
      close(lost("no welcome within " + options.connectTimeout(), null));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    end(lost("it closed", null));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    end(lost("it closed", null));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    close(lost(String.valueOf(cause.getMessage()), cause));
  }

  private void end(RuntimeException why) {
    if (over) {
      return;
    }
    over = true;
    keepAlive.stop();
    reader.close();
    RuntimeException told = ending == null ? why : ending;
    List<ClientCall> left = List.copyOf(calls.values());
    calls.clear();
    link.ended(this, told);
    left.forEach(call -> call.lost(told));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    if (turns != null) {
      turns.send();
    }
  }

  // --- In

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    keepAlive.heard();
    try {
      reader.read(context.alloc(), (ByteBuf) message);
    } catch (RuntimeException unreadable) {
      reader.close();
      close(lost("bytes that are no answer: " + unreadable.getMessage(), unreadable));
    }
  }

  @Override
  public void payload(int id, ByteBuf bytes) {
    ClientCall call = calls.get(id);
    if (call != null) {
      call.payload(bytes);
    }
  }

  @Override
  public void frame(Frame frame, ByteBuf body) {
    switch (frame.type()) {
      case WELCOME -> greeted(Welcome.read(body));
      case PONG -> {}
      case PING -> send(FrameType.PONG, 0, to -> to.writeBytes(body));
      case TAKEN -> taken(frame.call(), body.readInt());
      case FAILED -> failed(frame.call(), body);
      default -> {
        ClientCall call = calls.get(frame.call());
        if (call != null) {
          call.answered(frame.type(), body);
        }
      }
    }
  }

  private void greeted(Welcome known) {
    if (welcome != null) {
      throw new MalformedException("expected one welcome, found another");
    }
    welcome = known;
    turns = new PayloadTurns(this, known.windowBytes());
    link.greeted(this);
  }

  private void taken(int id, int bytes) {
    ClientCall call = calls.get(id);
    if (call != null) {
      call.taken(bytes);
    }
    turns().taken(bytes);
  }

  private void failed(int id, ByteBuf body) {
    RuntimeException failure = Failures.read(body, options.toString());
    ClientCall call = calls.remove(id);
    if (id == 0) {
      close(failure);
    } else if (call != null) {
      call.lost(failure);
    }
  }
}
