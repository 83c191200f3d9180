package io.daxflux.net;

import static io.daxflux.net.lm.LmBytes.key;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.lm.LmBytes;
import io.daxflux.net.lm.LmClient;
import io.daxflux.net.lm.LmServer;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.StalledThread;
import io.daxflux.reactive.StoreSpec;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/** What every server does with its clients; shown by lm://. */
class ServingTest extends ServedTest {
  /** More than the buffers of both ends of a socket hold. */
  private static final int LARGE = 24 << 20;

  private static final Duration SHORT = Duration.ofMillis(200);

  // --- Chunks on their way out

  @Test
  void clientThatGoesInTheMiddleOfAChunkLeavesNoLease() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server = serveLm(store);
    for (int i = 0; i < 3; i++) {
      LmClient client = new LmClient(server.address());
      client.askFor(key("a")).receive(100_000);
      assertThat(QuietStores.statusOf(store).readers().leases()).isEqualTo(1);
      if (i == 0) {
        client.reset();
      } else {
        client.close();
      }
      awaitQuiet(store);
    }
  }

  @Test
  void clientThatDoesNotReadHoldsUpNobody() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server = serveLm(store, options -> options.eventLoops(1));
    try (LmClient slow = new LmClient(server.address());
        LmClient other = new LmClient(server.address())) {
      slow.askFor(key("a")).receive(1);
      for (int i = 0; i < 3; i++) {
        other.askFor(key("a")).expect(bytesOf("a", LARGE));
      }
      assertThat(QuietStores.statusOf(store).readers().leases()).isEqualTo(1);
    }
    awaitQuiet(store);
  }

  @Test
  void clientThatTakesNothingForTooLongLosesItsConnection() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server = serveLm(store, options -> options.writeTimeout(SHORT));
    try (LmClient slow = new LmClient(server.address())) {
      slow.askFor(key("a")).receive(1);

      awaitQuiet(store);

      assertThat(slow.receiveRest().length).isLessThan(LARGE);
    }
    assertThat(server.counters().timeouts()).isEqualTo(1);
  }

  @Test
  void clientThatTakesALittleNowAndThenKeepsItsConnection() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server = serveLm(store, options -> options.writeTimeout(SOON));
    try (LmClient slow = new LmClient(server.address())) {
      slow.askFor(key("a"));
      slow.receive(36);
      for (int left = LARGE; left > 0; ) {
        left -= slow.receive(Math.min(left, 3 << 20)).length;
      }
      slow.settle();
    }
  }

  @Test
  void repliesThatAreNotReadAreNotPiledUp() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server =
        serveLm(store, options -> options.mostRequestsUnderWay(8).mostBufferedBytes(1 << 20));
    try (LmClient slow = new LmClient(server.address())) {
      for (int i = 0; i < 200; i++) {
        slow.askFor(key("a"));
      }
      slow.receive(1);
      QuietStores.until(() -> isReadNoMore(server, 200 * 186), "the server to stop reading");
      assertThat(QuietStores.statusOf(store).readers().leases()).isEqualTo(1);
      assertThat(server.counters().requests()).isLessThanOrEqualTo(8);
    }
    awaitQuiet(store);
  }

  private static boolean isReadNoMore(Server server, int sentBytes) {
    return server.counters().bytesIn() == sentBytes || server.counters().requests() == 8;
  }

  @Test
  void clientThatAlwaysTakesTooLittleLosesItsConnection() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server = serveLm(store, options -> options.writeTimeout(Duration.ofSeconds(1)));
    try (LmClient slow = new LmClient(server.address())) {
      slow.askFor(key("a")).receive(36);

      // Always something, so that it never stands still for long.
      QuietStores.until(
          () -> server.counters().timeouts() == 1 || slow.receiveOnce(1 << 13).length == 0,
          "the server to close");
    }
    awaitQuiet(store);
  }

  @Test
  void chunkWhoseMemoryFaultsEndsItsConnectionAndNothingElse() throws IOException {
    Path file = stores.newFile();
    ReactiveChunkStore store = stores.over(Setup.FILE_DIRECT).file(file).arena(8 << 20).open();
    putPast(store, key("a"), bytesOf("a", 100_000));
    putPast(store, key("b"), bytesOf("b", 6 << 20));
    Server server = serveLm(store);
    try (LmClient client = new LmClient(server.address());
        LmClient other = new LmClient(server.address())) {
      client.askFor(key("b")).expect(bytesOf("b", 6 << 20));
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(StoreSpec.FILE_HEAD_BYTES + (1 << 20));
      }
      client.askFor(key("b"));
      assertThat(client.receiveRest().length).isLessThan(6 << 20);
      other.askFor(key("a")).expect(bytesOf("a", 100_000));
    }
    awaitQuiet(store);
  }

  // --- Payloads on their way in

  @Test
  void clientIsNotReadFromWhileTheStoreCannotCopy() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = stores.spec().arena(64 << 20).copies(copies).open();
    Server server = serveLm(store, options -> options.mostBufferedBytes(1 << 20));
    copies.hold();
    try (LmClient client = new LmClient(server.address())) {
      Thread sender = Thread.ofVirtual().start(() -> client.put(key("a"), bytesOf("a", LARGE)));
      copies.awaitHeld(1);
      QuietStores.until(() -> isStill(server), "the server to stop reading");

      assertThat(server.counters().bytesIn()).isLessThan(2 << 20);
      copies.passAll();
      assertThat(join(sender)).isTrue();
      client.askFor(key("a")).expect(bytesOf("a", LARGE));
    }
  }

  @Test
  void clientsTogetherAreNotReadFromWhileTheStoreCannotCopy() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = stores.spec().arena(64 << 20).copies(copies).open();
    Server server = serveLm(store, options -> options.mostBufferedBytesInAll(1 << 20));
    copies.hold();
    List<LmClient> clients = new ArrayList<>();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      LmClient client = new LmClient(server.address());
      String key = key(Integer.toString(i));
      clients.add(client);
      senders.add(Thread.ofVirtual().start(() -> client.put(key, bytesOf(key, 12 << 20))));
    }
    QuietStores.until(() -> isStill(server), "the server to stop reading");

    // Each of them passes it by one read at the most.
    assertThat(server.counters().bytesIn()).isLessThan(3 << 20);
    copies.passAll();
    assertThat(senders).allMatch(ServingTest::join);
    for (int i = 0; i < 4; i++) {
      String key = key(Integer.toString(i));
      clients.get(i).askFor(key).expect(bytesOf(key, 12 << 20));
      clients.get(i).close();
    }
  }

  @Test
  void clientsWhoseCommonRoomIsLittleAllGetOn() {
    ReactiveChunkStore store = store(64 << 20);
    Server server = serveLm(store, options -> options.mostBufferedBytesInAll(4096));
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String key = key(Integer.toHexString(i));
      senders.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (LmClient client = new LmClient(server.address())) {
                      client.put(key, bytesOf(key, 1 << 20)).settle();
                    }
                  }));
    }
    assertThat(senders).allMatch(ServingTest::join);
    try (LmClient client = new LmClient(server.address())) {
      for (int i = 0; i < 16; i++) {
        String key = key(Integer.toHexString(i));
        client.askFor(key).expect(bytesOf(key, 1 << 20));
      }
    }
  }

  /** Whether no byte came in the time in which many could have. */
  private static boolean isStill(Server server) {
    long before = server.counters().bytesIn();
    for (int i = 0; i < 1000; i++) {
      Thread.yield();
    }
    return before > 1 << 19 && server.counters().bytesIn() == before;
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(SOON);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void payloadThatStopsArrivingGivesItsPlaceBack() {
    ReactiveChunkStore store = store(1 << 20);
    Server server = serveLm(store, options -> options.requestTimeout(SHORT));
    try (LmClient client = new LmClient(server.address())) {
      client.send(LmBytes.put(1 << 20, key("a")), new byte[1000]);
      client.expectEnd();
    }
    awaitQuiet(store);
    assertThat(server.counters().timeouts()).isEqualTo(1);
    assertThat(server.counters().droppedPuts()).isEqualTo(1);
  }

  @Test
  void headerThatDripsEndsItsConnection() {
    Server server = serveLm(store(1 << 20), options -> options.requestTimeout(SHORT));
    try (LmClient client = new LmClient(server.address())) {
      client.settle().send(new byte[] {1});
      client.expectEnd();
    }
    assertThat(server.counters().timeouts()).isEqualTo(1);
  }

  @Test
  void timeInWhichTheServerDoesNotReadIsNotTheClients() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = stores.spec().arena(64 << 20).copies(copies).open();
    Server server =
        serveLm(store, o -> o.mostBufferedBytes(1 << 20).requestTimeout(Duration.ofSeconds(1)));
    copies.hold();
    try (LmClient client = new LmClient(server.address());
        LmClient late = new LmClient(server.address())) {
      Thread sender = Thread.ofVirtual().start(() -> client.put(key("a"), bytesOf("a", LARGE)));
      copies.awaitHeld(1);
      QuietStores.until(() -> isStill(server), "the server to stop reading");
      // Longer than any request may take, as this one shows.
      late.send(new byte[] {1});
      late.expectEnd();

      copies.passAll();
      assertThat(join(sender)).isTrue();
      client.askFor(key("a")).expect(bytesOf("a", LARGE));
    }
  }

  @Test
  void storeThatIsBusyForAMomentIsAskedAgain() throws InterruptedException {
    StalledThread stalled = new StalledThread();
    ReactiveChunkStore store =
        stores
            .spec()
            .arena(1 << 20)
            .with(options -> options.ringSlots(1))
            .stalledBy(stalled)
            .open();
    Server server = serveLm(store);
    try (LmClient client = new LmClient(server.address());
        LmClient other = new LmClient(server.address())) {
      client.put(key("a"), bytesOf("a", 1000)).settle();
      stalled.stall(store);
      client.askFor(key("a")).askFor(key("a")).askFor(key("a")).put(key("b"), bytesOf("b", 9));
      other.put(key("c"), bytesOf("c", 2000));
      QuietStores.until(() -> server.counters().requests() > 4, "the requests to be read");
      stalled.close();
      client.expect(bytesOf("a", 1000)).expect(bytesOf("a", 1000)).expect(bytesOf("a", 1000));
      client.askFor(key("b")).expect(bytesOf("b", 9));
      other.askFor(key("c")).expect(bytesOf("c", 2000));
    }
    assertThat(server.counters().droppedPuts()).isZero();
  }

  @Test
  void keyThatIsLongerThanTheServerWantsEndsItsConnection() {
    stores.expectLog("key: expected at most 28 bytes, found 29");
    Server server = serveLm(store(1 << 20), options -> options.mostKeyBytes(28));
    try (LmClient client = new LmClient(server.address())) {
      client.send(LmBytes.request(LmBytes.EXIST, key("a")));
      client.expectEnd();
    }
  }

  // --- Connections

  @Test
  void connectionThatIsIdleStaysUnlessSomethingElseIsSaid() {
    ReactiveChunkStore store = store(1 << 20);
    Server patient = serveLm(store, options -> options.requestTimeout(SHORT));
    Server strict = serveLm(store, options -> options.idleTimeout(SHORT));
    try (LmClient kept = new LmClient(patient.address());
        LmClient closed = new LmClient(strict.address())) {
      kept.settle();
      closed.settle().expectEnd();
      kept.settle();
    }
    assertThat(strict.counters().timeouts()).isEqualTo(1);
    assertThat(patient.counters().timeouts()).isZero();
  }

  @Test
  void oneTooManyIsClosedAtOnceAndTheOthersStay() {
    Server server = serveLm(store(1 << 20), options -> options.mostConnections(3));
    List<LmClient> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(new LmClient(server.address()).settle());
    }
    try (LmClient tooMany = new LmClient(server.address())) {
      tooMany.expectEnd();
    }
    clients.removeFirst().settle().close();
    QuietStores.until(() -> server.counters().connectionsOpen() == 2, "one to be gone");
    clients.add(new LmClient(server.address()).settle());
    clients.forEach(client -> client.settle().close());
    assertThat(server.counters().refused()).isEqualTo(1);
    assertThat(server.counters().connections()).isEqualTo(4);
  }

  @Test
  void manyIdleConnectionsAreServedByAFewThreads() {
    Server server = serveLm(store(1 << 20));
    int before = Thread.activeCount();
    List<LmClient> clients = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      clients.add(new LmClient(server.address()));
    }
    clients.forEach(LmClient::settle);
    assertThat(Thread.activeCount()).isLessThan(before + 20);
    clients.forEach(LmClient::close);
    QuietStores.until(() -> server.counters().connectionsOpen() == 0, "all to be gone");
  }

  @Test
  void clientThatSendsNoMoreIsStillAnswered() {
    ReactiveChunkStore store = store(64 << 20);
    Server server = serveLm(store);
    try (LmClient client = new LmClient(server.address())) {
      client.put(key("a"), bytesOf("a", LARGE)).askFor(key("a")).askFor(key("b"));
      client.endOutput();
      client.expect(bytesOf("a", LARGE)).expectMiss().expectEnd();
    }
  }

  @Test
  void chunksThatWereSentAsAWholeAreStoredAlthoughTheirClientIsGone() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = stores.spec().arena(1 << 20).copies(copies).open();
    Server server = serveLm(store);
    copies.hold();
    try (LmClient client = new LmClient(server.address())) {
      client.put(key("a"), bytesOf("a", 9000)).put(key("b"), bytesOf("b", 9000));
    }
    QuietStores.until(() -> server.counters().requests() == 2, "both puts to be read");
    copies.passAll();
    try (LmClient client = new LmClient(server.address())) {
      QuietStores.until(() -> client.exists(key("b")), "the second chunk");
      client.askFor(key("a")).expect(bytesOf("a", 9000));
    }
  }

  @Test
  void addressThatIsTakenIsAnErrorThatLeavesNothing() {
    ReactiveChunkStore store = store(1 << 20);
    Server server = serveLm(store);
    InetSocketAddress taken = server.address();
    ServerOptions options =
        ServerOptions.builder().listenOn(taken.getHostString(), taken.getPort()).build();

    assertThatThrownBy(() -> LmServer.bind(store, options).block(SOON))
        .hasRootCauseInstanceOf(BindException.class);
  }

  // --- Stopping

  @Test
  void stopClosesIdleConnectionsAndRefusesNewOnes() {
    Server server = serveLm(store(1 << 20));
    try (LmClient idle = new LmClient(server.address()).settle()) {
      server.stop(SOON).block(SOON);
      idle.expectEnd();
    }
    assertThatThrownBy(() -> new LmClient(server.address()).close())
        .hasMessageContaining("Connection refused");
    server.stop(SOON).block(SOON);
  }

  @Test
  void stopLetsWhatIsUnderWayEnd() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server = serveLm(store);
    Sinks.Empty<Void> stopped = Sinks.empty();
    try (LmClient reading = new LmClient(server.address());
        LmClient writing = new LmClient(server.address())) {
      reading.askFor(key("a")).receive(36);
      byte[] body = bytesOf("b", 100_000);
      writing.settle().send(LmBytes.put(body.length, key("b")), new byte[] {body[0]});
      QuietStores.until(
          () -> QuietStores.statusOf(store).readers().reservations() == 1, "the put to begin");

      Disposable stopping =
          server.stop(SOON).subscribe(null, stopped::tryEmitError, stopped::tryEmitEmpty);
      writing.send(Arrays.copyOfRange(body, 1, body.length));
      writing.expectEnd();
      assertThat(stopping.isDisposed()).isFalse();
      reading.receive(LARGE);
      reading.expectEnd();
      stopped.asMono().block(SOON);
    }
    assertThat(store.contains(ChunkKey.of(key("b"))).block(SOON)).isTrue();
  }

  @Test
  void stopClosesWhatDoesNotEndInTime() {
    ReactiveChunkStore store = store(64 << 20);
    putPast(store, key("a"), bytesOf("a", LARGE));
    Server server = serveLm(store);
    try (LmClient reading = new LmClient(server.address());
        LmClient writing = new LmClient(server.address())) {
      reading.askFor(key("a")).receive(36);
      writing.send(LmBytes.put(1000, key("b")), new byte[1]);

      server.stop(SHORT).block(SOON);

      writing.expectEnd();
      assertThat(reading.receiveRest().length).isLessThan(LARGE);
    }
    awaitQuiet(store);
  }
}
