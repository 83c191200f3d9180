package io.daxflux.net.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutflowTest {
  private int flushes;

  @Test
  void repliesToWhatCameTogetherGoTogether() {
    ChannelInboundHandlerAdapter last = new ChannelInboundHandlerAdapter();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext context) {
                flushes++;
                context.flush();
              }
            },
            last);
    Outflow outflow =
        new Outflow(
            channel.pipeline().context(last),
            new Tally(),
            Duration.ofMinutes(1),
            () -> {},
            () -> {});
    outflow.hold();
    for (int i = 0; i < 3; i++) {
      outflow.send(Reply.of(Unpooled.copiedBuffer(new byte[10])));
      outflow.pump();
    }
    assertThat(flushes).isZero();
    assertThat(outflow.unsent()).isEqualTo(3);

    outflow.letGo();

    assertThat(flushes).isEqualTo(1);
    assertThat(outflow.unsent()).isZero();
    channel.finishAndReleaseAll();
  }
}
