package io.daxflux.net.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.net.serve.Answer;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespWriterTest {
  /** Has only so many buffers. */
  private static final class Scarce extends AbstractByteBufAllocator {
    private final List<ByteBuf> given = new ArrayList<>();
    private final int most;

    Scarce(int most) {
      this.most = most;
    }

    @Override
    protected ByteBuf newHeapBuffer(int bytes, int mostBytes) {
      return Unpooled.buffer(bytes, mostBytes);
    }

    @Override
    protected ByteBuf newDirectBuffer(int bytes, int mostBytes) {
      return Unpooled.directBuffer(bytes, mostBytes);
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }

    @Override
    public ByteBuf buffer(int bytes) {
      if (given.size() == most) {
        throw new OutOfMemoryError("of a test");
      }
      given.add(super.buffer(bytes));
      return given.getLast();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void replyThatMemoryIsMissingForLeavesNothing(int buffers) {
    MemorySegment value = MemorySegment.ofArray(new byte[100]);
    Scarce memory = new Scarce(buffers);
    AtomicInteger givenBack = new AtomicInteger();
    Answer answer =
        Answer.lent(
            givenBack::incrementAndGet,
            reply ->
                RespWriter.write(
                    memory, false, reply, writer -> writer.array(2).lent(value).lent(value)));

    assertThatThrownBy(answer::make).isInstanceOf(OutOfMemoryError.class);

    assertThat(givenBack).hasValue(1);
    assertThat(memory.given).hasSize(buffers).allMatch(buffer -> buffer.refCnt() == 0);
  }
}
