package io.daxflux.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a server is asked whether it is there, and when it is taken to be gone. */
class KeepAliveTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private boolean expecting = true;
  private final KeepAlive keepAlive =
      new KeepAlive(() -> expecting, asked::incrementAndGet, gone::incrementAndGet);

  @BeforeEach
  void start() {
    channel.freezeTime();
    keepAlive.start(channel.eventLoop(), Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    keepAlive.stop();
    channel.finishAndReleaseAll();
  }

  private void passPeriod() {
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void serverThatIsSilentIsAskedAndThenTakenToBeGone() {
    passPeriod();
    assertThat(asked).hasValue(1);
    assertThat(gone).hasValue(0);

    passPeriod();
    assertThat(gone).hasValue(1);
  }

  @Test
  void serverThatAnswersIsAskedNoMoreThanOncePerPeriod() {
    for (int period = 1; period <= 3; period++) {
      passPeriod();
      keepAlive.heard();
      passPeriod();
      assertThat(asked).hasValue(period);
    }
    assertThat(gone).hasValue(0);
  }

  @Test
  void serverThatNothingIsExpectedFromIsLeftAlone() {
    expecting = false;
    passPeriod();
    passPeriod();
    assertThat(asked).hasValue(0);
    assertThat(gone).hasValue(0);
  }

  @Test
  void nothingIsAskedAfterTheEnd() {
    keepAlive.stop();
    passPeriod();
    assertThat(asked).hasValue(0);
  }
}
