package io.daxflux.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerOptionsTest {
  @Test
  void listensOnLoopbackUnlessToldOtherwise() {
    ServerOptions options = ServerOptions.builder().build();

    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isZero();
    assertThat(options.idleTimeout()).isZero();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrong")
  void valuesOutOfRangeAreNamed(UnaryOperator<ServerOptions.Builder> wish, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wish.apply(ServerOptions.builder()).build())
        .withMessage(message);
  }

  static Stream<Object[]> wrong() {
    return Stream.of(
        wrong(o -> o.listenOn(" ", 0), "host: expected a name or an address, found \"\""),
        wrong(o -> o.listenOn("h", 65_536), "port: expected 0 to 65535, found 65536"),
        wrong(o -> o.eventLoops(0), "eventLoops: expected 1 to 1024, found 0"),
        wrong(o -> o.mostConnections(0), "mostConnections: expected 1 to 2147483647, found 0"),
        wrong(o -> o.mostRequestsUnderWay(0), "mostRequestsUnderWay: expected 1 to 65536, found 0"),
        wrong(
            o -> o.mostBufferedBytes(1), "mostBufferedBytes: expected 4096 to 1073741824, found 1"),
        wrong(
            o -> o.mostBufferedBytesInAll(1),
            "mostBufferedBytesInAll: expected 4096 to 9223372036854775807, found 1"),
        wrong(o -> o.mostBodyBytes(-1), "mostBodyBytes: expected 0 to 1073741824, found -1"),
        wrong(
            o -> o.mostHeaderBytes(255), "mostHeaderBytes: expected 256 to 1073741824, found 255"),
        wrong(o -> o.mostKeyBytes(4097), "mostKeyBytes: expected 1 to 4096, found 4097"),
        wrong(
            o -> o.idleTimeout(Duration.ofMillis(-1)),
            "idleTimeout: expected a duration from 0 and at most a year, found PT-0.001S"),
        wrong(
            o -> o.writeTimeout(Duration.ZERO),
            "writeTimeout: expected a duration greater than 0 and at most a year, found PT0S"),
        wrong(
            o -> o.requestTimeout(Duration.ofDays(366)),
            "requestTimeout: expected a duration greater than 0 and at most a year, found PT8784H"),
        wrong(
            o -> o.handshakeTimeout(Duration.ZERO),
            "handshakeTimeout: expected a duration greater than 0 and at most a year, found PT0S"));
  }

  private static Object[] wrong(UnaryOperator<ServerOptions.Builder> wish, String message) {
    return new Object[] {wish, message};
  }

  @Test
  void secretShowsNothingOfItself() {
    Secret secret = Secret.of("open sesame");
    ServerOptions options = ServerOptions.builder().secret(secret).build();

    assertThat(options.toString()).contains("secret=***").doesNotContain("sesame");
    assertThat(secret.matches("open sesame".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(secret.matches("open sesam".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(secret.matches(new byte[0])).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.of(""))
        .withMessage("secret: expected at least one byte, found none");
  }
}
