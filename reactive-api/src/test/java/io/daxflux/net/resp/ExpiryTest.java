package io.daxflux.net.resp;

import static io.daxflux.net.resp.RespClient.bulk;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Values that expire, by a clock that the test moves. */
class ExpiryTest extends RespTest {
  private static final long NOON_MS = Duration.ofDays(20_000).toMillis();

  private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
  private ReactiveChunkStore store;
  private RespClient client;

  @BeforeEach
  void openAtNoon() {
    clock.advanceTimeBy(Duration.ofMillis(NOON_MS));
    store = stores.spec().keepTimeOn(clock).open();
    client =
        connect(
            servers.bound(
                RespServer.bind(
                    store,
                    ServerOptions.builder().build(),
                    RespOptions.DEFAULTS,
                    () -> Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS)))));
  }

  private void pass(long ms) {
    clock.advanceTimeBy(Duration.ofMillis(ms));
  }

  @Test
  void valueIsThereUpToItsTime() {
    client.ask("SET", "s", "1", "EX", "10");
    client.ask("SET", "ms", "1", "PX", "10000");
    client.ask("SET", "at", "1", "EXAT", Long.toString(NOON_MS / 1000 + 10));
    client.ask("SET", "msat", "1", "PXAT", Long.toString(NOON_MS + 10_000));
    pass(9_999);
    assertThat(client.ask("EXISTS", "s", "ms", "at", "msat")).isEqualTo(":4\r\n");
    assertThat(client.ask("PTTL", "ms")).isEqualTo(":1\r\n");
    pass(1);

    assertThat(client.ask("EXISTS", "s", "ms", "at", "msat")).isEqualTo(":0\r\n");
    assertThat(client.ask("GET", "s")).isEqualTo("$-1\r\n");
    assertThat(client.ask("TTL", "s")).isEqualTo(":-2\r\n");
    QuietStores.until(
        () -> {
          pass(1);
          return client.ask("DBSIZE").equals(":0\r\n");
        },
        "expired values to be removed");
  }

  @Test
  void timeToLiveIsRounded() {
    client.ask("SET", "k", "v", "PX", "2500");

    assertThat(client.ask("TTL", "k")).isEqualTo(":3\r\n");
    pass(1);
    assertThat(client.ask("TTL", "k")).isEqualTo(":2\r\n");
    assertThat(client.ask("PTTL", "k")).isEqualTo(":2499\r\n");
    assertThat(client.ask("TTL", "absent")).isEqualTo(":-2\r\n");
    client.ask("SET", "unending", "v");
    assertThat(client.ask("PTTL", "unending")).isEqualTo(":-1\r\n");
  }

  @Test
  void valueThatReplacesAnotherTakesItsTimeWhereToldSo() {
    client.ask("SET", "k", "1", "EX", "10");
    client.ask("SET", "l", "1", "EX", "10");
    pass(4000);
    client.ask("SET", "k", "2", "KEEPTTL");
    client.ask("SET", "l", "2");

    assertThat(client.ask("PTTL", "k")).isEqualTo(":6000\r\n");
    assertThat(client.ask("TTL", "l")).isEqualTo(":-1\r\n");
    pass(6000);
    assertThat(client.ask("GET", "k")).isEqualTo("$-1\r\n");
    assertThat(client.ask("GET", "l")).isEqualTo(bulk("2"));
  }

  @Test
  void timeIsChangedUnderConditions() {
    client.ask("SET", "k", "v");

    assertThat(client.ask("EXPIRE", "k", "100", "XX")).isEqualTo(":0\r\n");
    assertThat(client.ask("EXPIRE", "k", "100", "GT")).isEqualTo(":0\r\n");
    assertThat(client.ask("EXPIRE", "k", "100", "NX")).isEqualTo(":1\r\n");
    assertThat(client.ask("EXPIRE", "k", "50", "GT")).isEqualTo(":0\r\n");
    assertThat(client.ask("EXPIRE", "k", "200", "LT")).isEqualTo(":0\r\n");
    assertThat(client.ask("PEXPIRE", "k", "50000", "LT")).isEqualTo(":1\r\n");
    assertThat(client.ask("TTL", "k")).isEqualTo(":50\r\n");
    assertThat(client.ask("PERSIST", "k")).isEqualTo(":1\r\n");
    assertThat(client.ask("PERSIST", "k")).isEqualTo(":0\r\n");
    pass(100_000);
    assertThat(client.ask("GET", "k")).isEqualTo(bulk("v"));
    assertThat(client.ask("EXPIRE", "absent", "1")).isEqualTo(":0\r\n");
  }

  @Test
  void timeThatIsOverRemovesAtOnce() {
    client.ask("MSET", "a", "1", "b", "1", "c", "1");

    assertThat(client.ask("EXPIRE", "a", "0")).isEqualTo(":1\r\n");
    assertThat(client.ask("PEXPIRE", "b", "-1")).isEqualTo(":1\r\n");
    assertThat(client.ask("SET", "c", "2", "PXAT", "1")).isEqualTo("+OK\r\n");
    assertThat(client.ask("EXISTS", "a", "b", "c")).isEqualTo(":0\r\n");
  }

  @Test
  void conditionSeesNoValueThatIsOver() {
    client.ask("SET", "k", "1", "PX", "10");
    pass(10);

    assertThat(client.ask("SET", "k", "2", "XX")).isEqualTo("$-1\r\n");
    assertThat(client.ask("SET", "k", "3", "NX")).isEqualTo("+OK\r\n");
    assertThat(client.ask("GET", "k")).isEqualTo(bulk("3"));
  }
}
