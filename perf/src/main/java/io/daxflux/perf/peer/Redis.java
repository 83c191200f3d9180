package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Redis, over loopback by Lettuce: a connection for each thread, and values that go from the
 * connection's buffer straight to where they belong.
 */
public final class Redis implements Peer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RedisServer server;
  private final RedisClient client;
  private final ThreadLocal<StatefulRedisConnection<ByteBuffer, ByteBuffer>> connections;

  /** Connects to this server, and stops it when closed. */
  public Redis(RedisServer server) {
    this.server = server;
    this.client = RedisClient.create(uri(server));
    connections = ThreadLocal.withInitial(() -> client.connect(new Bytes()));
  }

  private static RedisURI uri(RedisServer server) {
    RedisURI uri = RedisURI.create("127.0.0.1", server.port());
    uri.setTimeout(PATIENCE);
    return uri;
  }

  @Override
  public String name() {
    return "Redis 7 (Lettuce, loopback)";
  }

  @Override
  public void put(ChunkKey key, MemorySegment value) {
    try {
      connections.get().sync().set(ByteBuffer.wrap(key.toBytes()), value.asByteBuffer());
    } catch (RedisException refused) {
      throw new PeerException("does not store: " + refused.getMessage(), refused);
    }
  }

  @Override
  public void get(ChunkKey key, MemorySegment output) {
    Bytes codec = new Bytes();
    AsyncCommand<ByteBuffer, ByteBuffer, Long> command =
        new AsyncCommand<>(
            new Command<>(
                CommandType.GET,
                new Into(codec, output),
                new CommandArgs<>(codec).addKey(ByteBuffer.wrap(key.toBytes()))));
    connections.get().dispatch(command);
    try {
      Long found = command.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (found == null || found != output.byteSize()) {
        throw new PeerException("expected " + output.byteSize() + " bytes, found " + found);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw new PeerException("does not read: " + failure, failure);
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, PATIENCE);
    server.close();
  }

  /** Takes a value out of the connection's buffer. */
  private static final class Into extends CommandOutput<ByteBuffer, ByteBuffer, Long> {
    private final MemorySegment place;

    Into(RedisCodec<ByteBuffer, ByteBuffer> codec, MemorySegment place) {
      super(codec, null);
      this.place = place;
    }

    @Override
    public void set(ByteBuffer bytes) {
      if (bytes != null) {
        MemorySegment found = MemorySegment.ofBuffer(bytes);
        MemorySegment.copy(found, 0, place, 0, Math.min(found.byteSize(), place.byteSize()));
        // What was found is its length; the superclass has no setter for it.
        output = found.byteSize();
      }
    }
  }

  /** Bytes as they are. */
  private static final class Bytes implements RedisCodec<ByteBuffer, ByteBuffer> {
    @Override
    public ByteBuffer decodeKey(ByteBuffer bytes) {
      return copy(bytes);
    }

    @Override
    public ByteBuffer decodeValue(ByteBuffer bytes) {
      return copy(bytes);
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
      return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public ByteBuffer encodeKey(ByteBuffer key) {
      return key.duplicate();
    }

    @Override
    public ByteBuffer encodeValue(ByteBuffer value) {
      return value.duplicate();
    }
  }
}
