package io.daxflux.net.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was received is kept, in no more memory than it needs. */
class InputTest {
  private final ByteBufAllocator memory = UnpooledByteBufAllocator.DEFAULT;
  private final Input input = new Input();

  @AfterEach
  void giveBack() {
    input.release();
  }

  private ByteBuf received(int capacity, int... bytes) {
    ByteBuf buffer = memory.buffer(capacity);
    for (int next : bytes) {
      buffer.writeByte(next);
    }
    return buffer;
  }

  @Test
  void littleThatCameInALargeBufferIsMovedToASmallOne() {
    ByteBuf large = received(1 << 16, 1, 2, 3);
    input.add(memory, large);
    input.buffer().readByte();

    input.settle(memory);

    assertThat(large.refCnt()).isZero();
    assertThat(input.buffer().capacity()).isLessThan(1 << 10);
    assertThat(ByteBufUtil.getBytes(input.buffer())).containsExactly(2, 3);
  }

  @Test
  void bufferThatIsWellFilledStaysAsItIs() {
    ByteBuf buffer = received(8, 1, 2, 3);
    input.add(memory, buffer);

    input.settle(memory);

    assertThat(input.buffer()).isSameAs(buffer);
  }

  @Test
  void nothingIsKeptOfABufferThatWasRead() {
    ByteBuf buffer = received(8, 1);
    input.add(memory, buffer);
    input.buffer().readByte();

    input.settle(memory);
    input.trim();

    assertThat(buffer.refCnt()).isZero();
    assertThat(input.isEmpty()).isTrue();
  }
}
