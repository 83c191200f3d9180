package io.daxflux.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The watch over buffers sees one that is left. */
class ServersTest {
  @Test
  void bufferThatIsLeftFailsTheTest() {
    Servers servers = new Servers(Duration.ofMillis(20));
    servers.beforeEach(null);
    ByteBuf left = ByteBufAllocator.DEFAULT.buffer(1);
    try {
      assertThatThrownBy(() -> servers.afterEach(null))
          .hasMessage("expected no buffer to be left, found 1");
    } finally {
      left.release();
    }
    servers.afterEach(null);
  }
}
