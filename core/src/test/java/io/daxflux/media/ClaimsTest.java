package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  @Test
  void aNumberIsTakenOnce() {
    Seeds.forEach(
        50,
        random -> {
          int base = random.nextBoolean() ? 0 : (1 << 18) - 500;
          Claims claims = new Claims(base + 1000L);
          BitSet model = new BitSet();
          for (int i = 0; i < 100; i++) {
            int first = base + random.nextInt(1000);
            int count = random.nextInt(Math.min(300, base + 1001 - first));
            boolean free = model.get(first, first + count).isEmpty();
            assertThat(claims.anyOf(first, count)).isEqualTo(!free);
            assertThat(claims.take(first, count)).isEqualTo(free);
            if (free) {
              model.set(first, first + count);
            }
          }
        });
  }

  @Test
  void numbersOfTheLargestDevicesAreTaken() {
    long numbers = 1L << 40;
    Claims claims = new Claims(numbers);
    assertThat(claims.take(numbers - 3_000_000, 3_000_000)).isTrue();
    assertThat(claims.take(numbers - 3_000_001, 2)).isFalse();
    assertThat(claims.take(numbers - 3_000_002, 2)).isTrue();
  }
}
