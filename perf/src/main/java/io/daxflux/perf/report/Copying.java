package io.daxflux.perf.report;

import io.daxflux.perf.ground.ChunkSize;
import java.util.stream.Stream;

/** The two engines, as the tables call what they run and what they are measured by. */
enum Copying {
  /** The virtual machine's copy. */
  JVM("JVM engine", ""),
  /** The native helper's. */
  NATIVE("native engine", ", native");

  private final String label;
  private final String suffix;

  Copying(String label, String suffix) {
    this.label = label;
    this.suffix = suffix;
  }

  /** One of two figures, by engine. */
  double pick(double jvm, double byNative) {
    return this == JVM ? jvm : byNative;
  }

  /** What a system is called that copies by it. */
  String name(String system) {
    return system + suffix;
  }

  /** {@code restoreAll} of contiguous documents by two workers. */
  Key restored(ChunkSize chunk) {
    return restored(name("daxflux restoreAll"), chunk, "contiguous");
  }

  /** The floors of the same, with as many threads; the best of them counts. */
  Key[] floors(ChunkSize chunk, String layout) {
    return floors().map(floor -> restored(floor, chunk, layout)).toArray(Key[]::new);
  }

  private Stream<String> floors() {
    return switch (this) {
      case JVM -> Stream.of("floor: JVM copy");
      case NATIVE ->
          Stream.of(
              "floor: C, non-temporal", "floor: C, plain loop", "floor: C, plain loop, prefetched");
    };
  }

  /** A restore by two threads. */
  static Key restored(String system, ChunkSize chunk, String layout) {
    return Key.of(system, "restore").chunk(chunk.name()).layout(layout).threads(2);
  }

  @Override
  public String toString() {
    return label;
  }
}
