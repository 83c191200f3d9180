package io.daxflux.net.serve;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What is done with one client's channel, beside writing to it. On its event loop, but for {@link
 * #execute}, and for what only asks.
 */
final class ClientChannel {
  private final ChannelHandlerContext context;

  ClientChannel(ChannelHandlerContext context) {
    this.context = context;
  }

  /** Where the client is; null where it has gone. */
  @Nullable SocketAddress remoteAddress() {
    return context.channel().remoteAddress();
  }

  EventLoop loop() {
    return context.channel().eventLoop();
  }

  ByteBufAllocator memory() {
    return context.alloc();
  }

  /** Has buffers of these sizes read. */
  void readBy(ReceiveSize size) {
    context.channel().config().setRecvByteBufAllocator(size);
  }

  /** Asks for what the client sends next. */
  void read() {
    context.read();
  }

  /** Closes it behind what was written, and says so where it is encrypted. */
  void close() {
    var _ = context.close();
  }

  /** Closes without a word: encryption would wait for a client that does not read. */
  void hangUp() {
    Channel channel = context.channel();
    channel.unsafe().close(channel.newPromise());
  }

  /** Runs something on its event loop; not where the server has ended. Any thread. */
  void execute(Runnable task) {
    try {
      loop().execute(task);
    } catch (RejectedExecutionException ended) {
      // The connection was closed before its event loop ended.
    }
  }
}
