package io.daxflux.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A client that sends the frames that a test wants. */
final class WireClient extends RawClient {
  WireClient(InetSocketAddress address) {
    super(address);
  }

  private WireClient(InetSocketAddress address, Socket socket) {
    super(address, socket);
  }

  /** One whose side of the connection holds little that was not read. */
  static WireClient withLittleRoom(InetSocketAddress address) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(1 << 16);
      return new WireClient(address, socket);
    } catch (SocketException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What has come. */
  record Received(FrameType type, int call, byte[] body) {
    ByteBuf buffer() {
      return Unpooled.wrappedBuffer(body);
    }
  }

  static byte[] frame(FrameType type, int call, Consumer<ByteBuf> body) {
    ByteBuf frame = Frame.of(UnpooledByteBufAllocator.DEFAULT, type, call, body);
    try {
      return ByteBufUtil.getBytes(frame);
    } finally {
      frame.release();
    }
  }

  static byte[] hello(String secret) {
    return frame(
        FrameType.HELLO, 0, to -> Hello.write(to, secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** Is let in by a server that wants no secret. */
  Welcome greet() {
    return greet("");
  }

  /** Is let in by a server that wants this one. */
  Welcome greet(String secret) {
    send(hello(secret));
    Received welcome = next();
    assertThat(welcome.type()).isEqualTo(FrameType.WELCOME);
    return Welcome.read(welcome.buffer());
  }

  WireClient ask(FrameType type, int call, Consumer<ByteBuf> body) {
    send(frame(type, call, body));
    return this;
  }

  WireClient askFor(FrameType type, int call, String... keys) {
    return ask(
        type, call, to -> Fields.writeKeys(to, List.of(keys).stream().map(ChunkKey::of).toList()));
  }

  WireClient grant(int call, int chunks) {
    return ask(FrameType.GRANT, call, Grants.ofAll(chunks)::write);
  }

  Received next() {
    ByteBuf head = Unpooled.wrappedBuffer(receive(Frame.HEAD_BYTES));
    Frame frame = Frame.read(head, _ -> Integer.MAX_VALUE);
    return new Received(frame.type(), frame.call(), receive(frame.length()));
  }

  /**
   * The next frame that says neither that there is a place nor how much of a payload was copied.
   */
  Received nextAnswer() {
    Received next = next();
    while (next.type() == FrameType.TAKEN || next.type() == FrameType.OPENED) {
      next = next();
    }
    return next;
  }

  /** The next frame, which must be of this sort. */
  Received expect(FrameType type, int call) {
    Received next = next();
    assertThat(next.type() + " of " + next.call()).isEqualTo(type + " of " + call);
    return next;
  }

  /** The error that the next frame must be. */
  RuntimeException expectFailure(int call) {
    return Failures.read(expect(FrameType.FAILED, call).buffer(), "there");
  }

  /** The payload that comes before another frame, which must be of this sort. */
  byte[] expectPayload(int call, FrameType end) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    Received next = next();
    while (next.type() == FrameType.DATA && next.call() == call) {
      payload.writeBytes(next.body());
      next = next();
    }
    assertThat(next.type() + " of " + next.call()).isEqualTo(end + " of " + call);
    return payload.toByteArray();
  }

  /** Waits until all that was sent before has been read. */
  WireClient settle() {
    ask(FrameType.PING, 0, to -> to.writeByte(7));
    assertThat(expect(FrameType.PONG, 0).body()).containsExactly(7);
    return this;
  }

  /** Expects that the server closes, without another byte. */
  void expectEnd() {
    assertThat(receiveRest()).isEmpty();
  }
}
