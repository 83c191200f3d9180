package io.daxflux.net;

import static io.daxflux.reactive.Chunks.SOON;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** A client that sends and reads bytes as a test wants them. */
public class RawClient implements AutoCloseable {
  /** Longer than any answer takes. */
  private static final int TIMEOUT_MS = Math.toIntExact(SOON.toMillis());

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  public RawClient(InetSocketAddress address) {
    this(address, new Socket());
  }

  /** Over a socket that is not connected yet, or one that is. */
  public RawClient(InetSocketAddress address, Socket socket) {
    this.socket = socket;
    try {
      if (!socket.isConnected()) {
        socket.connect(address, TIMEOUT_MS);
      }
      socket.setSoTimeout(TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public final void send(byte[]... pieces) {
    try {
      for (byte[] piece : pieces) {
        out.write(piece);
      }
      out.flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Exactly so many bytes. */
  public final byte[] receive(int bytes) {
    try {
      byte[] received = in.readNBytes(bytes);
      if (received.length < bytes) {
        throw new AssertionError(
            "expected " + bytes + " bytes, found the end after " + received.length);
      }
      return received;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What one call of the system brings, at most so many bytes. */
  public final byte[] receiveOnce(int mostBytes) {
    try {
      byte[] buffer = new byte[mostBytes];
      int count = in.read(buffer);
      return Arrays.copyOf(buffer, Math.max(count, 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All that comes until the server closes, in whatever way. */
  public final byte[] receiveRest() {
    try {
      return in.readAllBytes();
    } catch (IOException reset) {
      return new byte[0];
    }
  }

  /** Sends no more, and reads on. */
  public final void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Closes in a way that the other side is told of by a reset. */
  public final void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
