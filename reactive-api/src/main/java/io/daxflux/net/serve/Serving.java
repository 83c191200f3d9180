package io.daxflux.net.serve;

import io.daxflux.net.Server;
import io.daxflux.net.ServerCounters;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.TlsFiles;
import io.daxflux.reactive.ReactiveChunkStore;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** A protocol that is being served, on event loops of its own. */
public final class Serving implements Server {
  /** How long connections that were aborted are waited for: their changes are still made. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(Outflow.PIECE_BYTES / 2, Outflow.PIECE_BYTES);

  private final ServerParts parts;
  private final LoopResources loops;
  private final DisposableServer listening;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Sinks.Empty<Void> stopped = Sinks.empty();

  private Serving(ServerParts parts, LoopResources loops, DisposableServer listening) {
    this.parts = parts;
    this.loops = loops;
    this.listening = listening;
  }

  /**
   * Binds a protocol.
   *
   * @return the server, which the subscriber stops. Fails with {@link IllegalArgumentException}
   *     where files are not as they should be, and with the system's error where the address is not
   *     to be had
   */
  public static Mono<Server> bind(
      ReactiveChunkStore store, ServerOptions options, Protocol protocol) {
    return Mono.fromCallable(() -> new Listening(tls(options)))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(listening -> listening.bind(store, options, protocol));
  }

  private static @Nullable SslContext tls(ServerOptions options) {
    TlsFiles files = options.tls();
    return files == null ? null : TlsContext.of(files);
  }

  /** The step between files that were read and a port that is open. */
  private record Listening(@Nullable SslContext tls) {
    Mono<Server> bind(ReactiveChunkStore store, ServerOptions options, Protocol protocol) {
      ServerParts parts =
          new ServerParts(
              store,
              options,
              protocol,
              new Tally(),
              new ServerLog(),
              new Connections(options),
              new CommonCredit(options.mostBufferedBytesInAll()),
              new CommonRoom(options.mostBufferedBytesInAll() / 2));
      LoopResources loops =
          LoopResources.create("daxflux-" + protocol.scheme(), 1, options.eventLoops(), true);
      TcpServer server =
          TcpServer.create()
              .runOn(loops, false)
              .host(options.host())
              .port(options.port())
              .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
              .childOption(ChannelOption.SO_KEEPALIVE, true)
              .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
              .doOnChannelInit((_, channel, _) -> greet(channel, parts));
      if (tls != null) {
        server =
            server.secure(
                spec -> spec.sslContext(tls).handshakeTimeout(options.handshakeTimeout()));
      }
      return server
          .bind()
          .<Server>map(listening -> new Serving(parts, loops, listening))
          .onErrorResume(
              failure -> loops.disposeLater(Duration.ZERO, SETTLING).then(Mono.error(failure)));
    }
  }

  /** In front of Reactor Netty's own handler, which none of a channel's events reach. */
  private static void greet(Channel channel, ServerParts parts) {
    if (parts.connections().enter()) {
      channel.closeFuture().addListener(_ -> parts.connections().leave());
      channel
          .pipeline()
          .addBefore(NettyPipeline.ReactiveBridge, "daxflux", new ClientHandler(parts));
    } else if (parts.options().tls() != null) {
      // To tell it so would take a handshake, which is what there is no room for.
      parts.tally().refused();
      var _ = channel.close();
    } else {
      parts.tally().refused();
      channel
          .pipeline()
          .addBefore(NettyPipeline.ReactiveBridge, "daxflux", new Refusal(parts.protocol()));
    }
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.address();
  }

  @Override
  public ServerCounters counters() {
    return parts.tally().counters(parts.connections().open());
  }

  @Override
  public Mono<Void> stop(Duration drain) {
    if (drain.isNegative()) {
      throw new IllegalArgumentException("drain: expected no negative time, found " + drain);
    }
    if (stopping.compareAndSet(false, true)) {
      listening.dispose();
      // First, so that whoever was let in is known to its event loop before that is told to end.
      listening
          .onDispose()
          .then(Mono.defer(() -> settled(drain)))
          .onErrorResume(_ -> Mono.empty())
          .then(Mono.defer(() -> loops.disposeLater(Duration.ZERO, SETTLING)))
          .subscribe(null, stopped::tryEmitError, stopped::tryEmitEmpty);
    }
    return stopped.asMono();
  }

  private Mono<Void> settled(Duration drain) {
    return parts
        .connections()
        .drain()
        .timeout(drain, Mono.defer(() -> parts.connections().abort()))
        .timeout(drain.plus(SETTLING))
        .doOnError(TimeoutException.class, _ -> sayWhoIsLeft());
  }

  private void sayWhoIsLeft() {
    parts
        .log()
        .warn(
            this
                + ": expected all requests to end within "
                + SETTLING
                + " of the end of their connections, found "
                + parts.connections().unsettled()
                + " connections that had not");
  }

  /** Protocol and address. */
  @Override
  public String toString() {
    InetSocketAddress bound = address();
    return parts.protocol().scheme() + "://" + bound.getHostString() + ":" + bound.getPort();
  }
}
