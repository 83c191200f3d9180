package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.reactive.ring.Mailbox;
import io.daxflux.reactive.ring.Request;
import io.daxflux.reactive.ring.Returnable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Many time limits on one timer: each rings when it is due, and none that was cleared. */
class AlarmsTest {
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final CountedTimers counted = new CountedTimers();
  private final Queue<Returnable> mail = new ArrayDeque<>();
  private final Alarms alarms = new Alarms(Timers.of(counted), new Mail());
  private final List<String> rung = new ArrayList<>();

  @AfterEach
  void endTime() {
    time.dispose();
  }

  private Alarm alarm(String name) {
    return alarms.alarm(() -> rung.add(name));
  }

  private void pass(Duration span) {
    time.advanceTimeBy(span);
    for (Returnable back = mail.poll(); back != null; back = mail.poll()) {
      ((Step) back).onReturn();
    }
  }

  @Test
  void eachRingsOnceInTheOrderInWhichTheyAreDue() {
    alarm("late").set(Duration.ofSeconds(3));
    alarm("early").set(Duration.ofSeconds(1));
    alarm("early, too").set(Duration.ofSeconds(1));

    pass(Duration.ofMillis(999));
    assertThat(rung).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(rung).containsExactly("early", "early, too");
    pass(Duration.ofMinutes(1));
    assertThat(rung).containsExactly("early", "early, too", "late");
  }

  @Test
  void oneThatWasClearedDoesNotRingAndThoseBehindItDo() {
    Alarm cleared = alarm("cleared");
    cleared.set(Duration.ofSeconds(1));
    alarm("behind").set(Duration.ofSeconds(2));
    cleared.clear();

    pass(Duration.ofSeconds(1));
    assertThat(rung).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(rung).containsExactly("behind");
  }

  @Test
  void oneThatWasSetAgainRingsOnlyWhenItIsDueThen() {
    Alarm again = alarm("again");
    again.set(Duration.ofSeconds(1));
    pass(Duration.ofMillis(600));
    again.set(Duration.ofSeconds(1));

    pass(Duration.ofMillis(999));
    assertThat(rung).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(rung).containsExactly("again");
  }

  @Test
  void oneThatIsClearedWhileItsTimerIsOnTheWayDoesNotRing() {
    Alarm alarm = alarm("cleared");
    alarm.set(Duration.ofSeconds(1));
    time.advanceTimeBy(Duration.ofSeconds(1));
    alarm.clear();

    pass(Duration.ZERO);

    assertThat(rung).isEmpty();
  }

  @Test
  void oneThatIsSetAgainByItsOwnRingGoesOn() {
    Alarm[] self = new Alarm[1];
    self[0] =
        alarms.alarm(
            () -> {
              rung.add("ring");
              self[0].set(Duration.ofSeconds(1));
            });
    self[0].set(Duration.ofSeconds(1));

    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));

    assertThat(rung).containsExactly("ring", "ring");
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthers() {
    alarms
        .alarm(
            () -> {
              throw new IllegalStateException("fails");
            })
        .set(Duration.ofSeconds(1));
    alarm("other").set(Duration.ofSeconds(1));

    assertThatThrownBy(() -> pass(Duration.ofSeconds(1))).hasMessage("fails");
    pass(Duration.ZERO);

    assertThat(rung).containsExactly("other");
  }

  @Test
  void noneRingsAfterTheEnd() {
    alarm("never").set(Duration.ofSeconds(1));
    alarms.stop();

    pass(Duration.ofMinutes(1));

    assertThat(rung).isEmpty();
    assertThat(counted.open()).isZero();
  }

  @Test
  void limitsThatAreSetAndClearedByTheThousandTakeATimerOrTwo() {
    for (int i = 0; i < 10_000; i++) {
      Alarm alarm = alarm("never");
      alarm.set(Duration.ofSeconds(60));
      pass(Duration.ofMillis(1));
      alarm.clear();
    }

    assertThat(counted.made).isEqualTo(1);
    pass(Duration.ofMinutes(2));
    assertThat(counted.open()).isZero();
  }

  /** Hands back by hand. */
  private final class Mail implements Mailbox {
    @Override
    public Intake tryPublish(Request request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void giveBack(Returnable returned) {
      mail.add(returned);
    }

    @Override
    public void closeIntake() {
      throw new UnsupportedOperationException();
    }
  }

  /** Counts what is scheduled. */
  private final class CountedTimers implements Scheduler {
    private final List<Disposable> timers = new ArrayList<>();
    private int made;

    private long open() {
      return timers.stream().filter(timer -> !timer.isDisposed()).count();
    }

    @Override
    public Disposable schedule(Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
      made++;
      Disposable timer = time.schedule(task, delay, unit);
      timers.add(timer);
      return timer;
    }

    @Override
    public long now(TimeUnit unit) {
      return time.now(unit);
    }

    @Override
    public Worker createWorker() {
      throw new UnsupportedOperationException();
    }
  }
}
