package io.daxflux.perf.work;

import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.CopyEngine;
import io.daxflux.device.NativeCopy;
import io.daxflux.perf.floor.JvmCopy;
import io.daxflux.perf.floor.NonTemporalCopy;
import io.daxflux.perf.floor.SpanCopy;
import java.util.Arrays;
import java.util.List;

/** What copies in a store, and the copy that it is measured by. */
enum Engine {
  /** The virtual machine. */
  JVM(CopyEngine.JVM, "") {
    @Override
    SpanCopy copy() {
      return new JvmCopy();
    }
  },
  /** The native helper, where there is one. */
  NATIVE(CopyEngine.NATIVE, ", native") {
    @Override
    SpanCopy copy() {
      return switch (NativeCopy.offer()) {
        case NativeCopy.Offer.Available(NativeCopy copy) -> new NonTemporalCopy(copy);
        case NativeCopy.Offer.Missing(String reason) ->
            throw new IllegalStateException("no native copy: " + reason);
      };
    }
  };

  private final CopyEngine option;
  private final String suffix;

  Engine(CopyEngine option, String suffix) {
    this.option = option;
    this.suffix = suffix;
  }

  /** Those that this machine has. */
  static List<Engine> present() {
    boolean hasHelper = NativeCopy.offer() instanceof NativeCopy.Offer.Available;
    return Arrays.stream(values()).filter(engine -> engine == JVM || hasHelper).toList();
  }

  /** Has a store copy by it. */
  ConfigBuilder set(ConfigBuilder options) {
    return options.copyEngine(option);
  }

  /** What a system is called that copies by it. */
  String name(String system) {
    return system + suffix;
  }

  /** The copy alone. */
  abstract SpanCopy copy();
}
