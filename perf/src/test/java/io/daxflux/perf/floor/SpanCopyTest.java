package io.daxflux.perf.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.NativeCopy;
import io.daxflux.examples.lmcache.Memcpy;
import io.daxflux.perf.ground.Payload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpanCopyTest {
  static Stream<Arguments> copiesAndLengths() {
    return Stream.of(Stream.of(new JvmCopy(), new GlibcCopy()), nonTemporal(), plainLoops())
        .flatMap(copies -> copies)
        .flatMap(
            copy ->
                Stream.of(0, 4, 60, 64, 68, 4096, 6 << 20, (6 << 20) + 4, 20 << 20)
                    .map(bytes -> Arguments.of(copy, bytes)));
  }

  private static Stream<SpanCopy> nonTemporal() {
    return NativeCopy.offer() instanceof NativeCopy.Offer.Available(NativeCopy copy)
        ? Stream.of(new NonTemporalCopy(copy))
        : Stream.of();
  }

  private static Stream<SpanCopy> plainLoops() {
    return Stream.of(0L, 2048L).flatMap(ahead -> PlainLoop.compiled(ahead).stream());
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "CI", matches = "true")
  void plainLoopIsThereWhereEverythingIs() {
    assertThat(PlainLoop.compiled(0)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("copiesAndLengths")
  void everyByteIsCopiedAndNoneBehind(SpanCopy copy, int bytes) {
    Payload payload = new Payload(1, bytes);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(bytes + 64L, 64);
      MemorySegment to = arena.allocate(bytes + 64L, 64);
      payload.write(from);
      from.asSlice(bytes).fill((byte) 9);

      copy.copy(new Span(from.asSlice(0, bytes), to.asSlice(0, bytes)));

      assertThat(payload.mismatch(to.asSlice(0, bytes))).isEqualTo(-1);
      assertThat(to.asSlice(bytes).mismatch(MemorySegment.ofArray(new byte[64]))).isEqualTo(-1);
    }
  }

  @Test
  void nativeCopyBeyondAnEndIsRefused() {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> sides = List.of(arena.allocate(64), arena.allocate(32));

      assertThatThrownBy(() -> Memcpy.copy(sides.get(0), sides.get(1), 33))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> Memcpy.copy(sides.get(1), sides.get(0), 33))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
