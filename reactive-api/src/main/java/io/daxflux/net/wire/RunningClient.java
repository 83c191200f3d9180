package io.daxflux.net.wire;

import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.net.serve.TlsContext;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.reactive.session.DeliveryThreads;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * What a client has taken and gives back: its event loop, its output memory, and the threads on
 * which subscribers are told.
 */
final class RunningClient {
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(2);

  private final RemoteOptions options;
  private final LoopResources loops;
  private final Device memory;
  private final DeliveryThreads delivery;
  private final RemoteParts parts;
  private final AtomicReference<@Nullable Mono<Void>> closing = new AtomicReference<>();

  private RunningClient(RemoteOptions options, LoopResources loops, Device memory) {
    this.options = options;
    this.loops = loops;
    this.memory = memory;
    this.delivery = new DeliveryThreads(Schedulers.DEFAULT_POOL_SIZE);
    EventLoop loop = loops.onClient(false).next();
    RemoteTls tls = options.tls();
    this.parts =
        new RemoteParts(
            new Link(options, loop, tls == null ? null : contextOf(tls)),
            new ClientOutputs(memory, options.blockBytes()),
            Schedulers.fromExecutor(delivery),
            options.restoreWait());
  }

  private static SslContext contextOf(RemoteTls tls) {
    return TlsContext.ofClient(tls.authorities(), tls.certificates(), tls.key());
  }

  static Mono<ReactiveChunkStore> open(RemoteOptions options) {
    return Mono.fromCallable(() -> start(options))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(RunningClient::connect)
        .doOnDiscard(
            ReactiveChunkStore.class, unwanted -> unwanted.close().subscribe(null, _ -> {}));
  }

  /** Takes all it needs, or nothing. */
  private static RunningClient start(RemoteOptions options) {
    Device memory =
        Devices.open(DeviceOptions.of(DeviceOptions.MEMORY).withBytes(options.outputBudgetBytes()));
    LoopResources loops = LoopResources.create("daxflux-remote", 1, 1, true, false);
    try {
      return new RunningClient(options, loops, memory);
    } catch (RuntimeException | Error failure) {
      loops.disposeLater(Duration.ZERO, SETTLING).subscribe();
      memory.close();
      throw failure;
    }
  }

  private Mono<ReactiveChunkStore> connect() {
    ReactiveChunkStore store = new RemoteChunkStore(options, this);
    return Query.of(parts, FrameType.COUNT, _ -> {}, from -> from.readLong())
        .<ReactiveChunkStore>map(_ -> store)
        .publishOn(Schedulers.boundedElastic())
        .onErrorResume(failure -> close().onErrorComplete().then(Mono.error(failure)));
  }

  RemoteParts parts() {
    return parts;
  }

  /** On the event loop. */
  StoreStatus withOutputs(StoreStatus there) {
    StoreStatus.Readers readers = there.readers();
    return new StoreStatus(
        there.device(),
        there.media(),
        there.arena(),
        parts.outputs().figures(),
        new StoreStatus.Readers(
            readers.sessions(),
            readers.regionsInFlight(),
            readers.reservations(),
            readers.leases(),
            readers.oldestLeaseAge(),
            readers.pinnedChunks(),
            readers.handlesOut() + parts.outputs().handles()),
        there.counters());
  }

  /** Begins at once; everyone who calls shares one completion. */
  Mono<Void> close() {
    Sinks.Empty<Void> done = Sinks.empty();
    Mono<Void> begun = closing.compareAndExchange(null, done.asMono());
    if (begun != null) {
      return begun;
    }
    Sinks.Empty<Void> ended = Sinks.empty();
    long deadlineNs = System.nanoTime() + options.closeGrace().toNanos();
    parts
        .link()
        .execute(
            () -> {
              parts.link().refuse();
              awaitEnd(deadlineNs, ended);
            });
    ended
        .asMono()
        .then(Mono.defer(() -> loops.disposeLater(Duration.ZERO, SETTLING)))
        .publishOn(Schedulers.boundedElastic())
        .doFinally(
            _ -> {
              try {
                tearDown();
                done.tryEmitEmpty();
              } catch (Exception failure) {
                done.tryEmitError(
                    new IllegalStateException("could not give everything back", failure));
              }
            })
        .subscribe(null, _ -> {});
    return done.asMono();
  }

  /** Lets what is under way end, but not for ever. On the event loop. */
  private void awaitEnd(long deadlineNs, Sinks.Empty<Void> ended) {
    boolean late = System.nanoTime() >= deadlineNs;
    if (!late && parts.running().stream().anyMatch(Request::endsByItself)) {
      var _ = parts.link().after(LOOK, () -> awaitEnd(deadlineNs, ended));
      return;
    }
    ClosedException why =
        new ClosedException(
            "it closed before this request had ended, after " + options.closeGrace());
    List.copyOf(parts.running()).forEach(request -> request.lost(why));
    parts.link().close();
    ended.tryEmitEmpty();
  }

  private void tearDown() throws InterruptedException {
    memory.close();
    delivery.end(DeliveryThreads.CLOSE_GRACE);
  }
}
