package io.daxflux.net.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a server, and cuts their connections: after so many bytes, in the
 * middle of a frame as a rule, or at once.
 */
final class CuttingProxy implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong leftBytes = new AtomicLong(Long.MAX_VALUE);

  CuttingProxy(InetSocketAddress server) {
    this.server = server;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Lets so many bytes more through, in both directions together, and then cuts. */
  void cutAfter(long bytes) {
    leftBytes.set(bytes);
  }

  /** Cuts nothing any more. */
  void heal() {
    leftBytes.set(Long.MAX_VALUE);
  }

  /** Cuts all that is connected. */
  void cut() {
    sockets.forEach(CuttingProxy::close);
    sockets.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        sockets.add(client);
        Socket behind = connect(client);
        if (behind == null) {
          continue;
        }
        client.setTcpNoDelay(true);
        behind.setTcpNoDelay(true);
        sockets.add(behind);
        Thread.ofVirtual().start(() -> forward(client, behind));
        Thread.ofVirtual().start(() -> forward(behind, client));
      }
    } catch (IOException closed) {
      cut();
    }
  }

  /** Null where there is no server: then there is no client either. */
  private @Nullable Socket connect(Socket client) {
    try {
      return new Socket(server.getAddress(), server.getPort());
    } catch (IOException refused) {
      close(client);
      return null;
    }
  }

  private void forward(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        long before = leftBytes.getAndAdd(-read);
        if (before < read) {
          out.write(bytes, 0, (int) Math.max(0, before));
          out.flush();
          cut();
          return;
        }
        out.write(bytes, 0, read);
        out.flush();
      }
    } catch (IOException gone) {
      // The other side of the pair is closed as well.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // It is gone already.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException closed) {
      // It is gone already.
    }
    cut();
  }
}
