package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.RemoteException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The way to a server: a connection, or what waits for one. A connection that is lost fails what is
 * under way on it; the next request connects again. On the client's event loop, but for what says
 * otherwise.
 */
final class Link {
  private final RemoteOptions options;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final Queue<ClientCall> waiting = new ArrayDeque<>();
  private @Nullable Wire wire;

  /** A connection that has not been greeted. */
  private @Nullable Wire pending;

  private boolean connecting;
  private boolean closed;
  private boolean ended;

  /** What the server takes, as it said last. */
  private volatile @Nullable Welcome welcome;

  Link(RemoteOptions options, EventLoop loop, @Nullable SslContext tls) {
    this.options = options;
    this.loop = loop;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.clamp(options.connectTimeout().toMillis(), 1, Integer.MAX_VALUE))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .handler(new Start(options, this, tls));
  }

  /** What stands at the beginning of a connection. */
  private static final class Start extends ChannelInitializer<Channel> {
    private final RemoteOptions options;
    private final Link link;
    private final @Nullable SslContext tls;

    Start(RemoteOptions options, Link link, @Nullable SslContext tls) {
      this.options = options;
      this.link = link;
      this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (tls != null) {
        SslHandler encryption = tls.newHandler(channel.alloc(), options.host(), options.port());
        encryption.setHandshakeTimeoutMillis(options.connectTimeout().toMillis());
        channel.pipeline().addLast(encryption);
      }
      channel.pipeline().addLast(new Wire(options, link));
    }
  }

  /** Runs something on the event loop; false where that has ended. Any thread. */
  boolean execute(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  /** Runs something on the event loop, later. On the event loop. */
  Future<?> after(Duration delay, Runnable task) {
    return loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What the server takes, as it said last; null before it has said anything. Any thread. */
  @Nullable Welcome lastWelcome() {
    return welcome;
  }

  /** Sends a request as soon as there is a connection. */
  void begin(ClientCall call) {
    if (closed) {
      call.lost(closedException());
    } else if (wire != null) {
      wire.begin(call);
    } else {
      waiting.add(call);
      connect();
    }
  }

  /** It is not to be sent any more, if it was not yet. */
  void forget(ClientCall call) {
    waiting.remove(call);
  }

  private void connect() {
    if (connecting) {
      return;
    }
    connecting = true;
    // A name is looked up by the system, which blocks.
    Schedulers.boundedElastic()
        .schedule(
            () -> {
              InetSocketAddress server = new InetSocketAddress(options.host(), options.port());
              execute(() -> connect(server));
            });
  }

  private void connect(InetSocketAddress server) {
    if (ended || server.isUnresolved()) {
      failed(RemoteException.lost(options.toString(), "no address of that name", null));
      return;
    }
    var _ =
        bootstrap
            .connect(server)
            .addListener(
                connected -> {
                  if (!connected.isSuccess()) {
                    pending = null;
                    failed(
                        RemoteException.lost(
                            options.toString(),
                            String.valueOf(connected.cause().getMessage()),
                            connected.cause()));
                  }
                });
  }

  /** A connection is there, and not yet greeted. */
  void opened(Wire opened) {
    pending = opened;
    if (ended) {
      opened.close(closedException());
    }
  }

  void greeted(Wire greeted) {
    connecting = false;
    pending = null;
    wire = greeted;
    welcome = greeted.limits();
    ClientCall call;
    while (wire != null && (call = waiting.poll()) != null) {
      greeted.begin(call);
    }
  }

  /** The connection is gone; it tells those who were using it. */
  void ended(Wire gone, RuntimeException why) {
    if (gone.equals(wire)) {
      wire = null;
    } else if (gone.equals(pending)) {
      pending = null;
      failed(why);
    }
  }

  /** There will be no connection for those who wait for it. */
  private void failed(RuntimeException why) {
    connecting = false;
    Queue<ClientCall> failed = new ArrayDeque<>(waiting);
    waiting.clear();
    failed.forEach(call -> call.lost(why));
  }

  /** Takes in no more requests. */
  void refuse() {
    closed = true;
  }

  /** Ends the connection for good. */
  void close() {
    closed = true;
    ended = true;
    failed(closedException());
    if (wire != null) {
      wire.close(closedException());
    }
    if (pending != null) {
      pending.close(closedException());
    }
  }

  static ClosedException closedException() {
    return new ClosedException("it takes in no more requests");
  }
}
