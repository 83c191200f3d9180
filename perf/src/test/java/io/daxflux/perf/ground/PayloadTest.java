package io.daxflux.perf.ground;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  private static final int BYTES = 100_004;

  private final Payload payload = new Payload(3, BYTES);
  private final MemorySegment bytes = MemorySegment.ofArray(new byte[BYTES]);

  @Test
  void whatWasWrittenIsFound() {
    payload.write(bytes);

    assertThat(payload.mismatch(bytes)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 65_537, BYTES - 1})
  void oneWrongByteIsFound(int at) {
    payload.write(bytes);
    bytes.set(JAVA_BYTE, at, (byte) (bytes.get(JAVA_BYTE, at) ^ 1));

    assertThat(payload.mismatch(bytes)).isEqualTo(at);
  }

  @Test
  void bytesOfAnotherChunkAreFound() {
    new Payload(4, BYTES).write(bytes);

    assertThat(payload.mismatch(bytes)).isNotNegative();
  }

  @Test
  void bytesThatMovedAreFound() {
    MemorySegment longer = MemorySegment.ofArray(new byte[BYTES + 4]);
    payload.write(longer);

    assertThat(payload.mismatch(longer.asSlice(4))).isNotNegative();
  }

  @Test
  void missingBytesAreFound() {
    payload.write(bytes);

    assertThat(payload.mismatch(bytes.asSlice(0, BYTES - 4))).isEqualTo(BYTES - 4);
  }
}
