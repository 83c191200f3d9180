package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Hands on what happens to one client's channel. On its event loop. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
  private final ServerParts parts;
  private Conversation conversation;

  ClientHandler(ServerParts parts) {
    this.parts = parts;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    conversation = new Conversation(parts, added);
    conversation.begin();
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    parts.tally().connection();
    conversation.proceed();
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    ByteBuf received = (ByteBuf) message;
    parts.tally().in(received.readableBytes());
    conversation.take(received);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      conversation.endInput();
    } else {
      triggered.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    conversation.pump();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    conversation.fail(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    conversation.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    conversation.close();
  }
}
