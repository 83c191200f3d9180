package io.daxflux.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.Secret;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.fuzz.FuzzedProtocol;
import io.daxflux.reactive.ReactiveChunkStore;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** Requests of the store's own protocol, and a client of it that means well. */
public final class WireFuzz implements FuzzedProtocol {
  private static final int KEYS = 40;
  private static final WireLimits LIMITS = new WireLimits(64, 0.25, Duration.ofSeconds(2));

  /** None where it is empty. */
  private final String secret;

  private int lastCall;

  /** Of a server that lets in whoever knows this; whoever comes, where it is empty. */
  public WireFuzz(String secret) {
    this.secret = secret;
  }

  @Override
  public Mono<Server> bind(ReactiveChunkStore store, ServerOptions.Builder options) {
    if (!secret.isEmpty()) {
      options.secret(Secret.of(secret));
    }
    return WireServer.bind(store, options.build(), LIMITS);
  }

  @Override
  public byte[] greeting(Random random) {
    byte[] hello = WireClient.hello(secret);
    return switch (random.nextInt(24)) {
      case 0 -> new byte[0];
      case 1 -> WireClient.hello("guess");
      case 2, 3 -> {
        hello[random.nextInt(hello.length)] ^= (byte) (1 << random.nextInt(8));
        yield hello;
      }
      default -> hello;
    };
  }

  @Override
  public byte[] frame(Random random) {
    int call = ++lastCall;
    return switch (random.nextInt(24)) {
      case 0 -> frame(FrameType.CONTAINS, call, to -> Fields.writeKey(to, key(random)));
      case 1 -> frame(FrameType.REMOVE, call, to -> Fields.writeKey(to, key(random)));
      case 2 -> frame(FrameType.DESCRIBE, call, keys(random));
      case 3 ->
          frame(FrameType.SCAN, call, to -> to.writeLong(0).writeInt(1 + random.nextInt(2000)));
      case 4 -> frame(FrameType.STATUS, call, _ -> {});
      case 5 -> frame(FrameType.PREFIX_LENGTH, call, keys(random));
      case 6 -> both(frame(FrameType.PIN_PREFIX, call, keys(random)), cancelOrNot(call, random));
      case 7 -> events(call, random);
      case 8, 9 -> lent(FrameType.RESTORE_PREFIX, call, random);
      case 10, 11 -> lent(FrameType.LEND_ALL, call, random);
      case 12 -> lent(FrameType.LEND_PREFIX, call, random);
      case 13 ->
          frame(
              FrameType.EXPIRE,
              call,
              to -> {
                Fields.writeKey(to, key(random));
                to.writeLong(random.nextInt(3));
              });
      case 14 -> frame(FrameType.REMOVE_ALL, call, keys(random));
      case 15 -> frame(FrameType.PING, 0, to -> to.writeZero(random.nextInt(70)));
      // Of calls that are others', or over, or were never begun.
      case 16 -> frame(FrameType.CANCEL, call - random.nextInt(9), _ -> {});
      case 17 -> frame(FrameType.GRANT, call - random.nextInt(9), grants(random));
      case 18 -> frame(anyType(random), call - random.nextInt(3), keys(random));
      case 19 -> frame(FrameType.DATA, call - random.nextInt(9), bytes(random.nextInt(2000)));
      default -> put(call, random);
    };
  }

  private static byte[] frame(FrameType type, int call, Consumer<ByteBuf> body) {
    return WireClient.frame(type, call, body);
  }

  private static FrameType anyType(Random random) {
    return FrameType.values()[random.nextInt(FrameType.values().length)];
  }

  private static ChunkKey key(Random random) {
    return ChunkKey.of("k" + random.nextInt(KEYS));
  }

  private static Consumer<ByteBuf> keys(Random random) {
    int from = random.nextInt(KEYS);
    List<ChunkKey> keys =
        IntStream.range(from, from + random.nextInt(random.nextInt(20) == 0 ? 100 : 6))
            .mapToObj(number -> ChunkKey.of("k" + number))
            .toList();
    return to -> Fields.writeKeys(to, keys);
  }

  private static Consumer<ByteBuf> bytes(int length) {
    return to -> to.writeZero(length);
  }

  private static Consumer<ByteBuf> grants(Random random) {
    return to -> {
      int runs = 1 + random.nextInt(3);
      to.writeShort(runs);
      for (int run = 0; run < runs; run++) {
        to.writeBoolean(random.nextInt(4) > 0).writeInt(random.nextInt(3));
      }
    };
  }

  private static byte[] cancelOrNot(int call, Random random) {
    return random.nextBoolean() ? frame(FrameType.CANCEL, call, _ -> {}) : new byte[0];
  }

  /** Grants what cannot have been announced yet, as a rule. */
  private static byte[] lent(FrameType type, int call, Random random) {
    byte[] request = frame(type, call, keys(random));
    byte[] grant =
        random.nextInt(6) == 0 ? frame(FrameType.GRANT, call, grants(random)) : new byte[0];
    return both(both(request, grant), cancelOrNot(call, random));
  }

  private static byte[] events(int call, Random random) {
    byte[] grant = frame(FrameType.GRANT, call, to -> to.writeInt(random.nextInt()));
    return both(both(frame(FrameType.EVENTS, call, _ -> {}), grant), cancelOrNot(call, random));
  }

  /** Without waiting for a place, and now and then of another length than was said. */
  private static byte[] put(int call, Random random) {
    int length = random.nextInt(random.nextInt(10) == 0 ? 30_000 : 2000);
    int said = random.nextInt(10) == 0 ? random.nextInt(3000) : length;
    ChunkHead head = ChunkHead.of(key(random), ChunkLayout.blob(said));
    PutMode mode = PutMode.values()[random.nextInt(PutMode.values().length)];
    byte[] start = frame(FrameType.START_PUT, call, to -> Fields.writePut(to, head, mode));
    byte[] data = frame(FrameType.DATA, call, bytes(length));
    byte[] end =
        switch (random.nextInt(8)) {
          case 0 -> new byte[0];
          case 1 -> frame(FrameType.CANCEL, call, _ -> {});
          case 2 -> frame(FrameType.EXCHANGE, call, _ -> {});
          case 3 -> frame(FrameType.COMMIT_ALL, -call, to -> to.writeInt(1).writeInt(call));
          default -> frame(FrameType.COMMIT, call, _ -> {});
        };
    return both(both(start, data), end);
  }

  private static byte[] both(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  @Override
  public void probe(InetSocketAddress address, Random random) {
    // A key that nobody else puts.
    ChunkKey key = ChunkKey.of("b0b0b0" + random.nextInt(1000));
    byte[] bytes = new byte[random.nextInt(20_000)];
    random.nextBytes(bytes);
    ChunkHead head = ChunkHead.of(key, ChunkLayout.blob(bytes.length));
    try (WireClient client = new WireClient(address)) {
      client.greet(secret);
      client.ask(FrameType.START_PUT, 1, to -> Fields.writePut(to, head, PutMode.REPLACE));
      client.expect(FrameType.OPENED, 1);
      client.ask(FrameType.DATA, 1, to -> to.writeBytes(bytes));
      client.ask(FrameType.COMMIT, 1, _ -> {});
      assertThat(client.nextAnswer().type()).isEqualTo(FrameType.DONE);
      client.ask(FrameType.LEND_ALL, 2, to -> Fields.writeKeys(to, List.of(key)));
      assertThat(client.nextAnswer().type()).isEqualTo(FrameType.HEADS);
      client.grant(2, 1);
      assertThat(client.expectPayload(2, FrameType.DONE)).isEqualTo(bytes);
      client.settle();
    }
  }

  @Override
  public String toString() {
    return secret.isEmpty() ? "daxflux" : "daxflux with a secret";
  }
}
