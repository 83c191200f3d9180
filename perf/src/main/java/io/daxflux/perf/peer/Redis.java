package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Redis, over loopback by Lettuce: a connection for each thread, and values that go from the
 * connection's buffer straight to where they belong.
 */
public final class Redis implements Peer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Bytes codec = new Bytes();
  private final RedisServer server;
  private final RedisClient client;
  private final ThreadLocal<StatefulRedisConnection<ByteBuffer, ByteBuffer>> connections;

  /** Connects to this server, and stops it when closed. */
  public Redis(RedisServer server) {
    this.server = server;
    this.client = RedisClient.create(uri(server));
    connections = ThreadLocal.withInitial(() -> client.connect(codec));
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
    putAll(List.of(key), List.of(value));
  }

  @Override
  public void get(ChunkKey key, MemorySegment output) {
    getAll(List.of(key), List.of(output));
  }

  @Override
  public boolean hasBatches() {
    return true;
  }

  /** Pipelined: all are sent before the first answer is waited for. */
  @Override
  public void putAll(List<ChunkKey> keys, List<MemorySegment> values) {
    List<AsyncCommand<ByteBuffer, ByteBuffer, String>> commands = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      commands.add(
          new AsyncCommand<>(
              new Command<>(
                  CommandType.SET,
                  new StatusOutput<>(codec),
                  arguments(keys.get(i)).addValue(values.get(i).asByteBuffer()))));
    }
    connections.get().dispatch(commands);
    commands.forEach(Redis::await);
  }

  /** Pipelined: all are asked for before the first answer is waited for. */
  @Override
  public void getAll(List<ChunkKey> keys, List<MemorySegment> outputs) {
    List<AsyncCommand<ByteBuffer, ByteBuffer, Long>> commands = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      commands.add(
          new AsyncCommand<>(
              new Command<>(
                  CommandType.GET, new Into(codec, outputs.get(i)), arguments(keys.get(i)))));
    }
    connections.get().dispatch(commands);
    for (int i = 0; i < keys.size(); i++) {
      Long found = await(commands.get(i));
      if (found == null || found != outputs.get(i).byteSize()) {
        throw new PeerException("expected " + outputs.get(i).byteSize() + " bytes, found " + found);
      }
    }
  }

  private CommandArgs<ByteBuffer, ByteBuffer> arguments(ChunkKey key) {
    return new CommandArgs<>(codec).addKey(ByteBuffer.wrap(key.toBytes()));
  }

  private static <T> T await(AsyncCommand<ByteBuffer, ByteBuffer, T> command) {
    try {
      return command.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw new PeerException("does not answer: " + failure, failure);
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
