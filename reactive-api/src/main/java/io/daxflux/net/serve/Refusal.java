package io.daxflux.net.serve;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells a client that there is no room for it, and closes. */
final class Refusal extends ChannelInboundHandlerAdapter {
  private final Protocol protocol;

  Refusal(Protocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.writeAndFlush(protocol.refusal()).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
