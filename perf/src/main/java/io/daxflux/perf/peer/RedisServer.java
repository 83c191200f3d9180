package io.daxflux.perf.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Redis server of our own, on a free port of the loopback, that keeps everything in memory. */
public final class RedisServer implements AutoCloseable {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

  private final int port;
  private final Process process;
  private final Thread atExit;

  /** Starts it, and waits until it listens. */
  public RedisServer(Path folder) {
    port = freePort();
    try {
      process =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--dir",
                  folder.toString(),
                  "--save",
                  "",
                  "--appendonly",
                  "no",
                  "--daemonize",
                  "no")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException absent) {
      throw new PeerException("redis-server is not installed (apt install redis-server)", absent);
    }
    atExit = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(atExit);
    awaitListening();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException refused) {
      throw new PeerException("no free port", refused);
    }
  }

  private void awaitListening() {
    long startNs = System.nanoTime();
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() - startNs > PATIENCE_NS) {
        close();
        throw new PeerException("redis-server does not start");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What its process has computed so far. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
