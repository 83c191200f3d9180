package io.daxflux.net.resp;

import io.daxflux.reactive.QuietStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A Redis server of Debian's, which keeps nothing and ends with the test. */
final class RedisProcess implements AutoCloseable {
  private final InetSocketAddress address;
  private final Process process;

  private RedisProcess(InetSocketAddress address, Process process) {
    this.address = address;
    this.process = process;
  }

  static RedisProcess start(String... options) {
    DebianPackage.require("redis-server");
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1"));
    command.addAll(List.of("--port", Integer.toString(address.getPort())));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--databases", "1"));
    command.addAll(List.of(options));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      RedisProcess redis = new RedisProcess(address, process);
      QuietStores.until(redis::answers, "redis-server");
      return redis;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("redis-server ended with " + process.exitValue());
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
