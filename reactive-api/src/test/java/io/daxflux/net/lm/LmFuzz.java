package io.daxflux.net.lm;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.fuzz.FuzzedProtocol;
import io.daxflux.reactive.ReactiveChunkStore;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import reactor.core.publisher.Mono;

/** Requests of lm://, and a client of it that means well. */
public final class LmFuzz implements FuzzedProtocol {
  private static final int KEYS = 40;

  @Override
  public Mono<Server> bind(ReactiveChunkStore store, ServerOptions.Builder options) {
    return LmServer.bind(store, options.build());
  }

  @Override
  public byte[] frame(Random random) {
    String key = LmBytes.key(Integer.toHexString(random.nextInt(KEYS)));
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> put(key, random.nextInt(2000), 0, random);
      case 6 -> put(key, random.nextInt(200_000), 0, random);
      // Less than is said, so that the next frames are its payload.
      case 7 -> put(key, random.nextInt(2000), random.nextInt(3000), random);
      case 8 -> LmBytes.put(random.nextInt(), key);
      case 9 -> LmBytes.put((1 << 20) + random.nextInt(1 << 12), key);
      case 10 -> LmBytes.request(LmBytes.LIST, key);
      case 11 -> LmBytes.request(random.nextInt(9) - 1, key);
      case 12 -> LmBytes.request(LmBytes.HEALTH, key);
      case 13 -> LmBytes.request(LmBytes.GET, "@".repeat(random.nextInt(150)));
      case 14, 15 -> LmBytes.request(LmBytes.EXIST, key);
      default -> LmBytes.request(LmBytes.GET, key);
    };
  }

  private static byte[] put(String key, int length, int missing, Random random) {
    byte[] body = new byte[length];
    random.nextBytes(body);
    byte[] header = LmBytes.put(length + missing, random.nextInt(9), 6, new int[4], key);
    return ByteBuffer.allocate(header.length + length).put(header).put(body).array();
  }

  @Override
  public void probe(InetSocketAddress address, Random random) {
    // A key that nobody else puts.
    String key = LmBytes.key("b0b0b0" + Integer.toHexString(random.nextInt(1000)));
    byte[] bytes = new byte[random.nextInt(20_000)];
    random.nextBytes(bytes);
    try (LmClient client = new LmClient(address)) {
      client.put(key, bytes).askFor(key).expect(bytes).settle();
    }
  }

  @Override
  public String toString() {
    return "lm";
  }
}
