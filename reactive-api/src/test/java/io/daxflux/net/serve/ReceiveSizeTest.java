package io.daxflux.net.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.Test;

/** How much is read at once, of clients that send much and of others. */
class ReceiveSizeTest {
  private static final int HEADER_READ = 1 << 12;

  private final ReceiveSize size = new ReceiveSize();

  @SuppressWarnings("deprecation") // The interface's own, which has no other name yet
  private final RecvByteBufAllocator.Handle handle = size.newHandle();

  /** A read that brings so much of what it may, before which and behind which so much is due. */
  private int read(int brought, long dueBehind) {
    int asked = handle.guess();
    handle.attemptedBytesRead(asked);
    handle.lastBytesRead(Math.min(brought, asked));
    size.expect(dueBehind);
    handle.readComplete();
    return asked;
  }

  @Test
  void littleIsReadOfAClientThatHasSentNoPayload() {
    assertThat(read(Integer.MAX_VALUE, 0)).isEqualTo(HEADER_READ);
    assertThat(read(50, 0)).isEqualTo(HEADER_READ);
  }

  @Test
  void headerIsReadTogetherWithAPayloadLikeTheLastOne() {
    for (int value = 0; value < 3; value++) {
      size.expectPayload(100_000);
      read(Integer.MAX_VALUE, 100_000);
      read(Integer.MAX_VALUE, 0);
      read(Integer.MAX_VALUE, 0);
    }

    assertThat(handle.guess()).isBetween(100_001, 110_000);
  }

  @Test
  void littleIsReadAgainOfAClientThatSendsNoMorePayloads() {
    size.expectPayload(100_000);
    for (int i = 0; i < 5; i++) {
      read(Integer.MAX_VALUE, 100_000);
    }
    for (int i = 0; i < 3; i++) {
      read(50, 0);
    }

    assertThat(handle.guess()).isEqualTo(HEADER_READ);
  }

  @Test
  void moreAndMoreIsReadOfAPayloadAndHeadersDoNotChangeThat() {
    for (int value = 0; value < 10; value++) {
      read(HEADER_READ, 1 << 20);
      read(Integer.MAX_VALUE, 1 << 20);
      read(Integer.MAX_VALUE, 1 << 20);
      read(Integer.MAX_VALUE, 1 << 19);
      // The last part of one is as short as it happens to be.
      read(Integer.MAX_VALUE, 100);
      read(100, 0);
    }
    read(HEADER_READ, 1 << 20);

    assertThat(read(Integer.MAX_VALUE, 1 << 20)).isEqualTo(1 << 18);
  }

  @Test
  void clientThatDripsIsSoonReadWithSmallBuffers() {
    for (int i = 0; i < 5; i++) {
      read(Integer.MAX_VALUE, 1 << 20);
    }
    assertThat(handle.guess()).isEqualTo(1 << 18);
    for (int i = 0; i < 3; i++) {
      read(1, 1 << 20);
    }

    assertThat(handle.guess()).isEqualTo(HEADER_READ);
  }

  @Test
  void noMoreIsAskedForThanIsDueAndAHeader() {
    for (int i = 0; i < 5; i++) {
      read(Integer.MAX_VALUE, 1 << 20);
    }
    size.expect(10_000);

    assertThat(handle.guess()).isBetween(10_001, 12_000);
  }
}
