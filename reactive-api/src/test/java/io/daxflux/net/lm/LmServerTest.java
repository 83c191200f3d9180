package io.daxflux.net.lm;

import static io.daxflux.net.lm.LmBytes.FAIL;
import static io.daxflux.net.lm.LmBytes.GET;
import static io.daxflux.net.lm.LmBytes.LIST;
import static io.daxflux.net.lm.LmBytes.OK;
import static io.daxflux.net.lm.LmBytes.key;
import static io.daxflux.net.lm.LmBytes.put;
import static io.daxflux.net.lm.LmBytes.reply;
import static io.daxflux.net.lm.LmBytes.request;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.net.Secret;
import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Described;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** lm:// as LMCache's connector meets it, byte for byte. */
class LmServerTest extends ServedTest {
  private ReactiveChunkStore store;
  private Server server;

  @BeforeEach
  void serve() {
    store = stores.spec().arena(64 << 20).open();
    server = serveLm(store);
  }

  private LmClient connect() {
    return new LmClient(server.address());
  }

  @Test
  void whatWasPutIsServedWithItsHeader() {
    byte[] body = bytesOf("a", 2 * 40 * 16 * 128 * 2);
    int[] shape = {2, 40, 16, 128};
    try (LmClient client = connect()) {
      client.send(put(body.length, 1, 3, shape, key("1a2b3c")), body);
      client.askFor(key("1a2b3c")).expect(reply(200, body.length, 1, 3, shape), body);
    }
  }

  @Test
  void aMissIsAFailAndNothingElse() {
    try (LmClient client = connect()) {
      assertThat(client.exists(key("ff"))).isFalse();
      client.askFor(key("ff")).expectMiss().settle();
    }
  }

  @Test
  void theHeaderComesInOnePiece() {
    putPast(store, key("a"), bytesOf("a", 100_000));
    try (LmClient client = connect()) {
      for (int i = 0; i < 50; i++) {
        client.send(request(GET, key("a")));
        assertThat(client.receiveOnce(36)).hasSize(36);
        client.receive(100_000);
        client.send(request(GET, key("b")));
        assertThat(client.receiveOnce(36)).isEqualTo(FAIL);
      }
    }
  }

  @Test
  void requestsMayArriveInPieces() {
    byte[] body = bytesOf("a", 700);
    try (LmClient client = connect()) {
      byte[] whole = joined(put(700, key("a")), body, request(GET, key("a")));
      for (byte one : whole) {
        client.send(new byte[] {one});
      }
      client.expect(body);
    }
  }

  @Test
  void requestsThatComeTogetherAreAnsweredInTheirOrder() throws Exception {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    int count = 200;
    for (int i = 0; i < count; i++) {
      byte[] body = bytesOf("value" + i, 1 + i * 97);
      requests.writeBytes(put(body.length, key("1")));
      requests.writeBytes(body);
      requests.writeBytes(request(GET, key("1")));
      requests.writeBytes(request(GET, key("2")));
    }
    try (LmClient client = connect()) {
      Thread sender = Thread.ofVirtual().start(() -> client.send(requests.toByteArray()));
      for (int i = 0; i < count; i++) {
        client.expect(bytesOf("value" + i, 1 + i * 97)).expectMiss();
      }
      assertThat(sender.join(SOON)).isTrue();
    }
    assertThat(server.counters().requests()).isEqualTo(3 * count);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 512, 513, 4096, 70_001, 9_437_261})
  void payloadsOfAnyLengthAreServedAsTheyWere(int length) {
    byte[] body = bytesOf("a", length);
    try (LmClient client = connect()) {
      client.put(key("a"), body).askFor(key("a")).expect(body);
      assertThat(client.exists(key("a"))).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("metadata")
  void codesAndShapesAreGivenBack(int length, int format, int dtype, int[] shape) {
    byte[] body = bytesOf("a", length);
    try (LmClient client = connect()) {
      client.send(put(length, format, dtype, shape, key("a")), body);
      client.askFor(key("a")).expect(reply(200, length, format, dtype, shape), body);
    }
  }

  static Stream<Object[]> metadata() {
    List<Object[]> cases = new ArrayList<>();
    for (int format = 0; format <= 8; format++) {
      for (int dtype : new int[] {0, 2, 3, 4, 5, 6, 7, 8}) {
        cases.add(new Object[] {480, format, dtype, new int[] {2, 3, 4, 5}});
      }
    }
    cases.add(new Object[] {240, 1, 2, new int[] {2, 3, 4, 5}});
    cases.add(new Object[] {1000, 4, 6, new int[] {1000, 0, 0, 0}});
    cases.add(new Object[] {1000, 5, 6, new int[] {1000, 0, 0, 0}});
    cases.add(new Object[] {1000, 3, 3, new int[] {2, 250, 0, 0}});
    cases.add(new Object[] {1000, 2, 3, new int[] {10, 2, 25, 0}});
    cases.add(new Object[] {7, 1, 3, new int[] {-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE}});
    cases.add(new Object[] {0, 1, 3, new int[] {0, 5, 0, 0}});
    cases.add(new Object[] {0, 0, 0, new int[] {0, 0, 0, 0}});
    cases.add(new Object[] {5, 1_000_000, 6, new int[] {5, 0, 0, 0}});
    cases.add(new Object[] {5, 4, 6, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, 9, 9}});
    return cases.stream();
  }

  @Test
  void bothCodesOfHalfAreGivenBackAsTheOneThatIsSent() {
    byte[] body = bytesOf("a", 20);
    try (LmClient client = connect()) {
      client.send(put(20, 1, 1, new int[] {10, 0, 0, 0}, key("a")), body);
      client.askFor(key("a")).expect(reply(200, 20, 1, 2, 10, 0, 0, 0), body);
    }
  }

  @Test
  void theLastPutWinsWhateverItsShape() {
    byte[] first = bytesOf("first", 4000);
    byte[] second = bytesOf("second", 20);
    try (LmClient client = connect();
        LmClient other = connect()) {
      client.put(key("a"), first).settle();
      other.send(put(20, 1, 2, new int[] {10, 0, 0, 0}, key("a")), second);
      other.settle();
      client.askFor(key("a")).expect(reply(200, 20, 1, 2, 10, 0, 0, 0), second);
    }
  }

  @Test
  void hashesAreTheSameWhateverTheirCaseAndZeros() {
    byte[] body = bytesOf("a", 99);
    try (LmClient client = connect()) {
      client.put("m@8@3@00FF@half@5@user%u1", body);
      client.askFor("m@8@3@ff@half@5@user%u1").expect(body);
      client.askFor(" m@08@3@Ff@half@05@user%u1\t").expect(body);
      assertThat(client.exists("m@8@3@ff@half@6@user%u1")).isFalse();
      assertThat(client.exists("m@8@3@ff@half@5")).isFalse();
    }
  }

  @Test
  void allNamesAreListed() {
    try (LmClient client = connect()) {
      client.send(request(LIST, key("0")));
      assertThat(client.receive(36)).isEqualTo(OK);

      List<String> names = IntStream.range(0, 2500).mapToObj(i -> key("1" + i)).toList();
      names.forEach(name -> client.put(name, new byte[] {1}));
      client.send(request(LIST, key("0")));

      int length = names.stream().mapToInt(String::length).sum() + names.size() - 1;
      assertThat(client.receive(36)).isEqualTo(reply(200, length, 1, 2, 0, 0, 0, 0));
      String joined = new String(client.receive(length), StandardCharsets.UTF_8);
      assertThat(joined.split("\n")).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void moreNamesThanAConnectionMayBufferAreAFail() {
    stores.expectLog("LIST: expected names of at most 4096 bytes");
    Server small = serveLm(store, options -> options.mostBufferedBytes(4096));
    try (LmClient client = new LmClient(small.address())) {
      IntStream.range(0, 200).forEach(i -> client.put(key("1" + i), new byte[] {1}));
      client.send(request(LIST, key("0")));
      client.expectMiss().settle();
    }
  }

  // --- Puts that come to nothing

  @Test
  void aPutThatIsCutOffStoresNothing() {
    try (LmClient client = connect()) {
      client.put(key("a"), bytesOf("old", 10)).settle();
      client.send(put(100_000, key("a")), new byte[99_999]);
    }
    try (LmClient client = connect()) {
      client.send(put(100_000, key("b")));
      client.endOutput();
      client.expectEnd();
    }
    try (LmClient client = connect()) {
      client.send(put(100_000, key("c")), new byte[50_000]);
      client.reset();
    }

    QuietStores.until(() -> server.counters().droppedPuts() == 3, "three puts to be dropped");
    awaitQuiet(store);
    try (LmClient client = connect()) {
      client.askFor(key("a")).expect(bytesOf("old", 10));
      assertThat(client.exists(key("b"))).isFalse();
      assertThat(client.exists(key("c"))).isFalse();
    }
  }

  @Test
  void whatIsLargerThanTheArenaIsConsumedAndDropped() {
    stores.expectLog("PUT dropped: no room for 73400320 bytes, ever");
    try (LmClient client = connect()) {
      client.put(key("a"), bytesOf("a", 10));
      client.put(key("a"), new byte[70 << 20]).settle();
      client.askFor(key("a")).expect(bytesOf("a", 10));
    }
    assertThat(server.counters().droppedPuts()).isEqualTo(1);
  }

  @Test
  void whatHasNoSpaceIsConsumedAndDropped() {
    stores.expectLog("PUT dropped: no room for 8192 bytes");
    ReactiveChunkStore full = store(1 << 20);
    putPast(full, "pinned", new byte[1 << 20]);
    try (var _ = full.pinPrefix(List.of(ChunkKey.of("pinned"))).block(SOON);
        LmClient client = new LmClient(serveLm(full).address())) {
      client.put(key("a"), new byte[5000]).settle();
      assertThat(client.exists(key("a"))).isFalse();
    }
  }

  @Test
  void whatIsLongerThanAllowedIsConsumedAndDropped() {
    stores.expectLog("PUT dropped: expected a payload of at most 1000 bytes, found 1001");
    Server strict = serveLm(store, options -> options.mostBodyBytes(1000));
    try (LmClient client = new LmClient(strict.address())) {
      client.put(key("a"), new byte[1001]).put(key("b"), new byte[1000]);
      assertThat(client.exists(key("a"))).isFalse();
      assertThat(client.exists(key("b"))).isTrue();
    }
    assertThat(strict.counters().droppedPuts()).isEqualTo(1);
  }

  // --- What is no request

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void whatIsNoRequestEndsItsConnectionAlone(String line, byte[] bytes) {
    stores.expectLog(line);
    try (LmClient other = connect();
        LmClient client = connect()) {
      other.put(key("a"), bytesOf("a", 1000)).settle();
      client.askFor(key("a")).send(bytes, request(GET, key("a")));
      client.expect(bytesOf("a", 1000)).expectEnd();

      other.askFor(key("a")).expect(bytesOf("a", 1000));
    }
    assertThat(server.counters().malformed()).isEqualTo(1);
  }

  static Stream<Object[]> malformed() {
    int[] shape = new int[4];
    byte[] badText = request(GET, key("a"));
    badText[40] = (byte) 0xff;
    return Stream.of(
        new Object[] {"command: expected 1 to 5, found 0", request(0, key("a"))},
        new Object[] {"command: expected 1 to 5, found 6", request(6, key("a"))},
        new Object[] {"length: expected at least 0, found -1", put(-1, key("a"))},
        new Object[] {"memory format: expected", request(GET, 0, -1, 2, 0, shape, key("a"))},
        new Object[] {"dtype: expected 0 to 8, found 9", request(GET, 0, 1, 9, 0, shape, key("a"))},
        new Object[] {"location: expected 0 to 2", request(GET, 0, 1, 2, 3, shape, key("a"))},
        new Object[] {"key: expected model@world", request(LmBytes.HEALTH, "no-key")},
        new Object[] {"key: expected UTF-8", badText});
  }

  @Test
  void aKeyThatFillsItsPlaceIsAKey() {
    String longest = "m".repeat(150 - "@1@0@ff@half".length()) + "@1@0@ff@half";
    try (LmClient client = connect()) {
      client.put(longest, new byte[5]);
      assertThat(client.exists(longest)).isTrue();
    }
  }

  // --- One space of keys

  @Test
  void chunksOfOthersAreServedAsWhatTheirLayoutSays() {
    TensorLayout tensor = TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 4, 8, 16);
    putPast(store, key("b"), bytesOf("blob", 777));
    store
        .put(
            Chunk.builder(ChunkKey.of(key("c")), ChunkLayout.of(tensor))
                .payload(MemorySegment.ofArray(bytesOf("kv", 2048)))
                .build())
        .block(SOON);
    try (LmClient client = connect()) {
      client.askFor(key("b")).expect(bytesOf("blob", 777));
      client.askFor(key("c")).expect(reply(200, 2048, 1, 3, 2, 4, 8, 16), bytesOf("kv", 2048));
    }
  }

  @Test
  void whatWasPutIsAChunkLikeAnyOther() {
    try (LmClient client = connect()) {
      client.send(put(2048, 1, 3, new int[] {2, 4, 8, 16}, key("c")), bytesOf("kv", 2048));
      client.settle();
    }
    Described described =
        (Described) store.describe(List.of(ChunkKey.of(key("c")))).block(SOON).getFirst();
    assertThat(described.head().layout())
        .isEqualTo(ChunkLayout.of(TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 4, 8, 16)));
    assertThat(described.head().attributes().length()).isZero();
  }

  @Test
  void chunksThatAConnectionPutsInARowLieSideBySide() {
    List<String> names = IntStream.range(0, 12).mapToObj(i -> key("1" + i)).toList();
    try (LmClient client = connect()) {
      names.forEach(name -> client.put(name, new byte[8192]));
      client.settle();
    }
    List<ChunkKey> keys = names.stream().map(ChunkKey::of).toList();
    try (BorrowedPrefix borrowed = store.borrowPrefix(keys).block(SOON)) {
      long first = borrowed.chunks().getFirst().segment().address();
      assertThat(borrowed.chunks().stream().map(BorrowedChunk::segment))
          .extracting(MemorySegment::address)
          .containsExactlyElementsOf(
              IntStream.range(0, 12).mapToObj(i -> first + i * 8192L).toList());
    }
  }

  // --- Binding

  @Test
  void aSecretCannotBeAskedFor() {
    ServerOptions options = ServerOptions.builder().secret(Secret.of("open sesame")).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LmServer.bind(store, options))
        .withMessageStartingWith("lm: expected no secret")
        .withMessageNotContaining("sesame");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,127.0.0.1", "localhost,localhost"})
  void theServerSaysWhereItListens(String host, String shown) {
    Server named = serveLm(store, options -> options.listenOn(host, 0));
    assertThat(named.address().getPort()).isPositive();
    assertThat(named.toString()).startsWith("lm://").endsWith(":" + named.address().getPort());
    try (LmClient client = new LmClient(named.address())) {
      client.settle();
    }
  }

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(pieces).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
