package io.daxflux.device;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.daxflux.device.NativeHelper.Loading;

/** The native helper, for tests that are of no use without it. */
public final class NeededHelper {
  private NeededHelper() {}

  /** Its best way to copy, as {@link #orSkip()}. */
  public static NativeCopy copyOrSkip() {
    return orSkip().copiers().getFirst();
  }

  /** The helper; where it is missing the test is skipped, and fails where CI runs it. */
  static NativeHelper orSkip() {
    return switch (NativeHelper.system()) {
      case Loading.Loaded(NativeHelper helper) -> helper;
      case Loading.Missing(String reason) -> {
        String missing = "no native helper: " + reason + "; it takes a C compiler (package gcc)";
        if ("true".equals(System.getenv("CI"))) {
          fail(missing);
        }
        yield abort(missing);
      }
    };
  }
}
