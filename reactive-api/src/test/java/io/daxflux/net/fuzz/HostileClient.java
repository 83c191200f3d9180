package io.daxflux.net.fuzz;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;

/**
 * A client that means no good: sends frames whole, cut, changed or drop by drop, reads when it
 * likes, and leaves in any way. Never waits for the server.
 */
final class HostileClient {
  private static final int MOST_READ_BYTES = 1 << 16;

  private final FuzzedProtocol protocol;
  private final Random random;
  private final SocketChannel channel;
  private final boolean drips;

  /** What is left to be sent of the current frame. */
  private ByteBuffer frame;

  private boolean outputEnded;

  HostileClient(FuzzedProtocol protocol, InetSocketAddress address, Random random)
      throws IOException {
    this.protocol = protocol;
    this.random = random;
    this.frame = ByteBuffer.wrap(protocol.greeting(random));
    this.channel = SocketChannel.open(address);
    this.drips = random.nextInt(8) == 0;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Does something. Returns how many frames it has begun by that; -1 where it has gone. */
  int act() {
    try {
      return switch (random.nextInt(16)) {
        case 0 -> leave();
        case 1 -> endOutput();
        case 2, 3, 4 -> read();
        default -> outputEnded ? read() : send();
      };
    } catch (IOException serverClosed) {
      close();
      return -1;
    }
  }

  private int send() throws IOException {
    int begun = 0;
    if (!frame.hasRemaining()) {
      frame = ByteBuffer.wrap(nextFrame());
      begun = 1;
    }
    int most = drips ? 1 : random.nextInt(4) == 0 ? random.nextInt(300) : frame.remaining();
    int before = frame.limit();
    frame.limit(Math.min(before, frame.position() + most));
    channel.write(frame);
    frame.limit(before);
    if (drips && random.nextInt(40) == 0) {
      frame.position(before);
    }
    return begun;
  }

  private byte[] nextFrame() {
    byte[] bytes = protocol.frame(random);
    switch (random.nextInt(10)) {
      case 0 -> random.nextBytes(bytes);
      case 1, 2 -> flip(bytes, 1 + random.nextInt(4));
      case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      default -> {}
    }
    return bytes;
  }

  private void flip(byte[] bytes, int times) {
    for (int i = 0; i < times; i++) {
      // Near the beginning, where lengths and codes are, as a rule.
      int most = random.nextBoolean() ? Math.min(bytes.length, 48) : bytes.length;
      bytes[random.nextInt(most)] = (byte) random.nextInt(256);
    }
  }

  private int read() throws IOException {
    ByteBuffer some = ByteBuffer.allocate(1 + random.nextInt(MOST_READ_BYTES));
    if (channel.read(some) < 0) {
      close();
      return -1;
    }
    return 0;
  }

  private int endOutput() throws IOException {
    if (random.nextInt(4) == 0 && !outputEnded) {
      channel.shutdownOutput();
      outputEnded = true;
    }
    return 0;
  }

  private int leave() throws IOException {
    if (random.nextInt(3) > 0) {
      return 0;
    }
    if (random.nextBoolean()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    close();
    return -1;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // As it should be.
    }
  }
}
