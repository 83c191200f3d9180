package io.daxflux.net.wire;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StreamIdleException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the server does with frames, seen from the wire. */
class WireServingTest extends ServedTest {
  /** More than the buffers of both ends of a socket hold. */
  private static final int LARGE = 24 << 20;

  private static final Duration SHORT = Duration.ofMillis(200);

  private Server serve(ReactiveChunkStore store) {
    return serve(store, UnaryOperator.identity(), Duration.ofMinutes(1));
  }

  private Server serve(
      ReactiveChunkStore store, UnaryOperator<ServerOptions.Builder> wishes, Duration leaseMaxAge) {
    return servers.bound(
        WireServer.bind(
            store,
            wishes.apply(ServerOptions.builder().eventLoops(1)).build(),
            new WireLimits(1000, 0.5, leaseMaxAge)));
  }

  private static WireClient greeted(Server server) {
    WireClient client = new WireClient(server.address());
    client.greet();
    return client;
  }

  private static Consumer<ByteBuf> put(String key, int length) {
    ChunkHead head = ChunkHead.of(ChunkKey.of(key), ChunkLayout.blob(length));
    return to -> Fields.writePut(to, head, PutMode.REPLACE);
  }

  private static PutOutcome outcome(WireClient.Received done, String key) {
    return Outcomes.readPut(done.buffer(), ChunkKey.of(key));
  }

  // --- Order and room

  @Test
  void smallHitOvertakesALargeOne() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, "large", bytesOf("large", LARGE));
    putPast(store, "small", bytesOf("small", 1000));
    try (WireClient client = WireClient.withLittleRoom(serve(store).address())) {
      client.greet();
      client.askFor(FrameType.LEND_ALL, 1, "large").expect(FrameType.HEADS, 1);
      client.grant(1, 1).expect(FrameType.DATA, 1);
      client.askFor(FrameType.LEND_ALL, 2, "small").grant(2, 0);

      int before = 0;
      WireClient.Received next = client.next();
      for (; next.call() == 1; next = client.next()) {
        before += next.body().length;
      }
      assertThat(next.type()).isEqualTo(FrameType.HEADS);
      client.grant(2, 1);
      for (next = client.next(); next.call() == 1; next = client.next()) {
        before += next.body().length;
      }
      assertThat(next.body()).isEqualTo(bytesOf("small", 1000));
      assertThat(before).isLessThan(LARGE);
      while (next.type() != FrameType.DONE || next.call() != 1) {
        next = client.next();
      }
    }
    awaitQuiet(store);
  }

  @Test
  void clientThatGrantsNothingHoldsLeasesForAWhileAndNoMemory() {
    ReactiveChunkStore store = store(8 << 20);
    putPast(store, "a", bytesOf("a", 1 << 20));
    try (WireClient client = greeted(serve(store, UnaryOperator.identity(), SHORT))) {
      client.askFor(FrameType.RESTORE_PREFIX, 1, "a").expect(FrameType.HEADS, 1);
      assertThat(QuietStores.statusOf(store).readers().leases()).isEqualTo(1);

      assertThat(client.expectFailure(1)).isInstanceOf(StreamIdleException.class);
      awaitQuiet(store);
      client.settle();
    }
  }

  @Test
  void clientThatDoesNotReadLosesItsConnectionAndItsLeases() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, "a", bytesOf("a", LARGE));
    Server server = serve(store, options -> options.writeTimeout(SHORT), Duration.ofMinutes(1));
    try (WireClient slow = greeted(server);
        WireClient other = greeted(server)) {
      slow.askFor(FrameType.LEND_ALL, 1, "a").expect(FrameType.HEADS, 1);
      slow.grant(1, 1);
      other.settle();

      awaitQuiet(store);
      other.settle();
    }
    assertThat(server.counters().timeouts()).isEqualTo(1);
  }

  @Test
  void payloadIsCopiedAsItComes() {
    ReactiveChunkStore store = store(64 << 20);
    byte[] bytes = bytesOf("a", LARGE);
    try (WireClient client = new WireClient(serve(store).address())) {
      int window = client.greet().windowBytes();
      client.ask(FrameType.START_PUT, 1, put("a", LARGE)).expect(FrameType.OPENED, 1);
      int ahead = 0;
      for (int at = 0; at < LARGE; at += Frame.PIECE_BYTES) {
        int end = Math.min(LARGE, at + Frame.PIECE_BYTES);
        while (ahead + end - at > window) {
          ahead -= client.expect(FrameType.TAKEN, 1).buffer().readInt();
        }
        byte[] piece = Arrays.copyOfRange(bytes, at, end);
        client.ask(FrameType.DATA, 1, to -> to.writeBytes(piece));
        ahead += piece.length;
      }
      client.ask(FrameType.COMMIT, 1, _ -> {});
      assertThat(outcome(client.nextAnswer(), "a"))
          .isEqualTo(new PutOutcome.Stored(ChunkKey.of("a"), LARGE));
    }
  }

  @Test
  void payloadBeyondTheWindowClosesTheConnection() {
    stores.expectLog("payload: expected at most 4096 bytes ahead");
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = stores.spec().arena(1 << 20).copies(copies).open();
    Server server = serve(store, options -> options.mostBufferedBytes(8192), Duration.ofMinutes(1));
    copies.hold();
    try (WireClient client = greeted(server)) {
      client.ask(FrameType.START_PUT, 1, put("a", 9000)).expect(FrameType.OPENED, 1);
      client.ask(FrameType.DATA, 1, to -> to.writeZero(4096));
      client.ask(FrameType.DATA, 1, to -> to.writeZero(1));
      client.expectEnd();
    }
    copies.passAll();
    awaitQuiet(store);
  }

  @Test
  void putIsSentWithoutWaitingForItsPlace() {
    ReactiveChunkStore store = store(1 << 20);
    try (WireClient client = greeted(serve(store))) {
      client.ask(FrameType.START_PUT, 1, put("a", 4));
      client.ask(FrameType.DATA, 1, to -> to.writeInt(7));
      client.ask(FrameType.COMMIT, 1, _ -> {});
      assertThat(outcome(client.nextAnswer(), "a"))
          .isEqualTo(new PutOutcome.Stored(ChunkKey.of("a"), 4));

      // For which there is no place.
      client.ask(FrameType.START_PUT, 2, put("b", 2 << 20));
      client.ask(FrameType.DATA, 2, to -> to.writeInt(7));
      client.ask(FrameType.COMMIT, 2, _ -> {});
      assertThat(outcome(client.nextAnswer(), "b")).isInstanceOf(PutOutcome.TooLarge.class);
      client.ask(FrameType.PING, 0, _ -> {});
      assertThat(client.nextAnswer().type()).isEqualTo(FrameType.PONG);
    }
    awaitQuiet(store);
  }

  // --- Limits

  @Test
  void keyAndPayloadThatAreTooLongAreRefusedAndTheConnectionStays() {
    ReactiveChunkStore store = store(1 << 20);
    Server server =
        serve(store, options -> options.mostKeyBytes(3).mostBodyBytes(10), Duration.ofMinutes(1));
    try (WireClient client = greeted(server)) {
      client.askFor(FrameType.PREFIX_LENGTH, 1, "abc", "abcd");
      assertThat(client.expectFailure(1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("key: expected at most 3 bytes, found 4");
      client.ask(FrameType.START_PUT, 2, put("a", 11));
      assertThat(outcome(client.expect(FrameType.DONE, 2), "a"))
          .isEqualTo(new PutOutcome.TooLarge(ChunkKey.of("a"), 11, 10));
      client.settle();
    }
  }

  @Test
  void requestsThatTakeTooMuchMemoryTogetherAreRefused() {
    ReactiveChunkStore store = store(1 << 20);
    Server server = serve(store, options -> options.mostBufferedBytes(4096), Duration.ofMinutes(1));
    String[] keys = new String[500];
    Arrays.setAll(keys, i -> "k" + i);
    for (String key : keys) {
      putPast(store, key, new byte[1]);
    }
    try (WireClient client = greeted(server)) {
      client.askFor(FrameType.LEND_ALL, 1, keys);
      client.expect(FrameType.HEADS, 1);
      client.expect(FrameType.HEADS, 1);
      client.askFor(FrameType.LEND_ALL, 2, keys);
      assertThat(client.expectFailure(2)).isInstanceOf(BusyException.class);
      client.ask(FrameType.CANCEL, 1, _ -> {});
      client.askFor(FrameType.LEND_ALL, 3, keys);
      client.expect(FrameType.HEADS, 3);
    }
    awaitQuiet(store);
  }

  @Test
  void framesThatAreNotUnderstoodCloseTheirConnectionAlone() {
    stores.expectLog("expected a number that is free");
    stores.expectLog("frame: expected a type that there is, found 238");
    stores.expectLog("commit: expected an open put, found call 9");
    stores.expectLog("frame CONTAINS: expected at most");
    stores.expectLog("grant: expected at most 1 chunks, found 2");
    stores.expectLog("expected a hello, found a frame COUNT");
    ReactiveChunkStore store = store(1 << 20);
    putPast(store, "a", new byte[1]);
    Server server = serve(store);
    try (WireClient wellBehaved = greeted(server)) {
      expectEnd(server, client -> client.ask(FrameType.COUNT, 0, _ -> {}));
      expectEnd(server, client -> client.send(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, (byte) 238}));
      expectEnd(
          server, client -> client.ask(FrameType.COMMIT_ALL, 1, to -> to.writeInt(1).writeInt(9)));
      expectEnd(
          server, client -> client.send(new byte[] {1, 0, 0, 0, 0, 0, 0, 1, 0x20, 0, 0, 0, 0, 0}));
      expectEnd(
          server,
          client -> {
            client.askFor(FrameType.LEND_ALL, 1, "a").expect(FrameType.HEADS, 1);
            client.grant(1, 2);
          });
      try (WireClient stranger = new WireClient(server.address())) {
        stranger.ask(FrameType.COUNT, 1, _ -> {}).expectEnd();
      }
      wellBehaved.settle();
    }
    assertThat(server.counters().malformed()).isEqualTo(6);
  }

  private static void expectEnd(Server server, Consumer<WireClient> mischief) {
    try (WireClient client = greeted(server)) {
      mischief.accept(client);
      client.receiveRest();
    }
  }

  // --- Stopping

  @Test
  void stopLetsWhatIsUnderWayEndAndRefusesWhatIsNew() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, "a", bytesOf("a", LARGE));
    Server server = serve(store);
    try (WireClient client = greeted(server);
        WireClient idle = greeted(server)) {
      client.askFor(FrameType.LEND_ALL, 1, "a").expect(FrameType.HEADS, 1);
      client.askFor(FrameType.PIN_PREFIX, 2, "a").expect(FrameType.OPENED, 2);

      Mono<Void> stopped = server.stop(SOON);
      idle.expectEnd();
      client.ask(FrameType.COUNT, 3, _ -> {});
      assertThat(client.expectFailure(3)).isInstanceOf(ClosedException.class);
      client.grant(1, 1);
      assertThat(client.expectPayload(1, FrameType.DONE)).isEqualTo(bytesOf("a", LARGE));
      client.expectEnd();
      stopped.block(SOON);
    }
    awaitQuiet(store);
    assertThat(QuietStores.statusOf(store).readers().pinnedChunks()).isZero();
  }
}
