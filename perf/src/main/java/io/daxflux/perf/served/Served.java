package io.daxflux.perf.served;

import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Payload;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Values that a server has, and callers who set and get them, each its own. */
public final class Served implements AutoCloseable {
  private final Host host;
  private final ExecutorService threads;
  private final List<Caller> callers = new ArrayList<>();

  /** What callers may do. */
  public enum Command {
    SET,
    GET;

    @Override
    public String toString() {
      return "served " + name();
    }
  }

  /**
   * What callers have done.
   *
   * @param cpuSeconds what it cost the server's process
   */
  public record Turn(long bytes, double seconds, double cpuSeconds, Histogram latencyNs) {}

  /** Connects callers, and has the server take values of together so many bytes. */
  public Served(Host host, ChunkSize size, int callers, long bytes) {
    this.host = host;
    this.threads = Executors.newFixedThreadPool(callers);
    int values = (int) Math.max(1, bytes / size.bytes() / callers);
    for (int i = 0; i < callers; i++) {
      this.callers.add(new Caller(host.port(), i, values, size));
    }
    together(
        caller -> {
          caller.fill();
          return caller;
        });
    check();
  }

  /** Has all callers do this for so long. */
  public Turn run(Command command, Duration time) {
    Duration cpuBefore = host.cpuTime();
    long startNs = System.nanoTime();
    long endNs = startNs + time.toNanos();
    Histogram latencyNs = new Histogram(3);
    long bytes = 0;
    for (Histogram each : together(caller -> caller.run(command, endNs))) {
      latencyNs.add(each);
      bytes += each.getTotalCount() * callers.getFirst().bytes;
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    double cpuSeconds = host.cpuTime().minus(cpuBefore).toNanos() / 1e9;
    return new Turn(bytes, seconds, cpuSeconds, latencyNs);
  }

  /**
   * Compares all values with what was set.
   *
   * @throws IllegalStateException where a byte is wrong
   */
  public void check() {
    together(
        caller -> {
          caller.check();
          return caller;
        });
  }

  private <T> List<T> together(Function<Caller, T> part) {
    List<Callable<T>> parts = new ArrayList<>();
    callers.forEach(caller -> parts.add(() -> part.apply(caller)));
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : threads.invokeAll(parts)) {
        results.add(done.get());
      }
      return results;
    } catch (ExecutionException failure) {
      throw new IllegalStateException(host.name() + " failed", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    callers.forEach(caller -> caller.connection.close());
    threads.shutdownNow();
  }

  /** One of them, with its connection and its values. */
  private static final class Caller {
    private final RespConnection connection;
    private final int number;
    private final int values;
    private final int bytes;

    /** The same bytes for each value, so that setting one costs the client nothing but that. */
    private final ByteBuffer value;

    private int next;

    Caller(int port, int number, int values, ChunkSize size) {
      this.bytes = Math.toIntExact(size.bytes());
      this.connection = new RespConnection(port, bytes);
      this.number = number;
      this.values = values;
      this.value = ByteBuffer.allocateDirect(bytes);
      new Payload(number, bytes).write(MemorySegment.ofBuffer(value));
    }

    private String key(int index) {
      return "caller " + number + ", value " + index + " of " + bytes + " bytes";
    }

    void fill() {
      for (int i = 0; i < values; i++) {
        connection.set(key(i), value);
      }
    }

    Histogram run(Command command, long endNs) {
      Histogram latencyNs = new Histogram(3);
      long nowNs = System.nanoTime();
      while (nowNs < endNs || latencyNs.getTotalCount() == 0) {
        String key = key(next);
        next = (next + 1) % values;
        switch (command) {
          case SET -> connection.set(key, value);
          case GET -> expectLength(connection.get(key));
        }
        long doneNs = System.nanoTime();
        latencyNs.recordValue(doneNs - nowNs);
        nowNs = doneNs;
      }
      return latencyNs;
    }

    private void expectLength(ByteBuffer found) {
      if (found.remaining() != bytes) {
        throw new IllegalStateException(
            "GET: expected " + bytes + " bytes, found " + found.remaining());
      }
    }

    void check() {
      for (int i = 0; i < values; i++) {
        long wrong =
            new Payload(number, bytes).mismatch(MemorySegment.ofBuffer(connection.get(key(i))));
        if (wrong >= 0) {
          throw new IllegalStateException(
              key(i) + ": expected the bytes that were set, found another at " + wrong);
        }
      }
    }
  }
}
