package io.daxflux.perf.floor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment from = arena.allocate(10_000, 64);
  private final MemorySegment to = arena.allocate(10_000, 64);

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void whatAdjoinsOnBothSidesIsOneSpan() {
    List<Span> spans =
        Span.joined(
            List.of(from.asSlice(0, 100), from.asSlice(100, 50), from.asSlice(150, 50)),
            List.of(to.asSlice(500, 100), to.asSlice(600, 50), to.asSlice(650, 50)));

    assertThat(spans).hasSize(1);
    assertThat(spans.getFirst().bytes()).isEqualTo(200);
    assertThat(spans.getFirst().from().address()).isEqualTo(from.address());
    assertThat(spans.getFirst().to().address()).isEqualTo(to.address() + 500);
  }

  @Test
  void gapOnEitherSideParts() {
    List<Span> spans =
        Span.joined(
            List.of(from.asSlice(0, 100), from.asSlice(164, 100), from.asSlice(264, 100)),
            List.of(to.asSlice(0, 100), to.asSlice(100, 100), to.asSlice(264, 100)));

    assertThat(spans).extracting(Span::bytes).containsExactly(100L, 100L, 100L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void sharesHoldEveryByteOnce(int parts) {
    List<Span> spans =
        List.of(
            new Span(from.asSlice(0, 3001), to.asSlice(1000, 3001)),
            new Span(from.asSlice(4000, 17), to.asSlice(0, 17)),
            new Span(from.asSlice(5000, 4000), to.asSlice(5000, 4000)));

    List<List<Span>> shares = Span.shares(spans, parts);

    assertThat(shares).hasSize(parts);
    from.fill((byte) 7);
    shares.stream()
        .flatMap(List::stream)
        .forEach(
            span -> {
              for (long i = 0; i < span.bytes(); i++) {
                byte copied = span.to().get(JAVA_BYTE, i);
                assertThat(copied).isZero();
              }
              new JvmCopy().copy(span);
            });
    spans.forEach(span -> assertThat(span.to().mismatch(span.from())).isEqualTo(-1));
    long largest = shares.stream().mapToLong(SpanTest::bytes).max().orElseThrow();
    assertThat(largest).isLessThanOrEqualTo(7018 / parts + 64);
  }

  private static long bytes(List<Span> share) {
    return share.stream().mapToLong(Span::bytes).sum();
  }
}
