package io.daxflux.config;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Arguments about one key: the key, a raw value, what all its cases share, and the outcome. */
final class Cases {
  private final ConfigKey<?> key;
  private final Object shared;
  private final Stream.Builder<Arguments> cases = Stream.builder();

  Cases(ConfigKey<?> key, Object shared) {
    this.key = key;
    this.shared = shared;
  }

  Cases and(@Nullable Object raw, Object outcome) {
    cases.add(Arguments.of(key, raw, shared, outcome));
    return this;
  }

  Stream<Arguments> stream() {
    return cases.build();
  }
}
