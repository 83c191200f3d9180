package io.daxflux.net.wire;

import io.daxflux.net.Secret;
import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.Dialect;
import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;

/** Reads the frames of one client. On the connection's event loop. */
final class WireDialect implements Dialect {
  /** Before the client is let in: enough for a hello with any secret. */
  private static final int MOST_HELLO_BYTES = 4 << 10;

  private final Connection connection;
  private final Peer peer;
  private final RequestReader requests;
  private boolean admitted;

  WireDialect(Connection connection, WireProtocol protocol) {
    this.connection = connection;
    this.peer = new Peer(connection, protocol);
    this.requests = new RequestReader(peer);
  }

  @Override
  public void read(ByteBuf bytes) {
    if (bytes.readableBytes() < Frame.HEAD_BYTES) {
      return;
    }
    int start = bytes.readerIndex();
    Frame frame = Frame.read(bytes, this::mostBytes);
    if (frame.type() == FrameType.DATA && admitted) {
      peer.receive(frame);
    } else if (bytes.readableBytes() < frame.length()) {
      bytes.readerIndex(start);
    } else {
      read(frame, bytes.readSlice(frame.length()));
    }
  }

  private int mostBytes(FrameType type) {
    if (!admitted) {
      return MOST_HELLO_BYTES;
    }
    return type == FrameType.DATA
        ? Frame.PIECE_BYTES
        : connection.options().mostHeaderBytes() - Frame.HEAD_BYTES;
  }

  private void read(Frame frame, ByteBuf body) {
    try {
      if (admitted) {
        requests.read(frame, body);
      } else {
        greet(frame, body);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      throw new MalformedException("frame " + frame.type() + ": " + unreadable.getMessage());
    }
    if (body.isReadable()) {
      throw new MalformedException(
          "frame " + frame.type() + ": expected its end, found " + body.readableBytes() + " bytes");
    }
  }

  private void greet(Frame frame, ByteBuf body) {
    if (frame.type() != FrameType.HELLO) {
      throw new MalformedException("expected a hello, found a frame " + frame.type());
    }
    Hello hello = Hello.read(body);
    Secret secret = connection.options().secret();
    if (!hello.isUnderstood()) {
      throw new MalformedException("hello: expected DXFW, found other bytes");
    }
    if (!hello.speaks(WireProtocol.VERSION)) {
      String why =
          "version "
              + WireProtocol.VERSION
              + " of the protocol, and a client of "
              + hello.leastVersion()
              + " to "
              + hello.mostVersion();
      connection.noteMalformed("not let in: " + why);
      turnAway(why);
    } else if (secret != null && !secret.matches(hello.secret())) {
      connection.noteWrongSecret();
      turnAway("another secret");
    } else {
      admitted = true;
      connection.admit();
      peer.welcome();
    }
  }

  private void turnAway(String why) {
    peer.send(FrameType.FAILED, 0, to -> Failures.writeRefusal(to, why));
    connection.end();
  }

  @Override
  public boolean isBetweenRequests() {
    return !peer.isBusy();
  }

  @Override
  public long keptBytes() {
    return peer.requestBytes();
  }

  @Override
  public void closed() {
    peer.close();
  }
}
