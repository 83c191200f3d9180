package io.daxflux.perf.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {
  private static final String FIRST = "GC(1) Pause Full (System.gc()) 18M->3M(17M) 15.125ms";
  private static final String FULL = "GC(2) Pause Full (System.gc()) 3M->3M(17M) 9.500ms";
  private static final String YOUNG =
      "GC(9) Pause Young (Normal) (G1 Evacuation Pause) 9M->4M(17M) 0.816ms";

  @Test
  void pausesBehindTheFirstFullCollectionCount() {
    GcLog.Pauses pauses =
        GcLog.read(
            List.of(
                "Using G1",
                "GC(0) Pause Young (Normal) (G1 Evacuation Pause) 15M->4M(256M) 8.040ms",
                FIRST,
                FULL,
                YOUNG,
                "GC(10) Concurrent Mark Cycle 2.000ms",
                "GC(10) Pause Remark 9M->9M(17M) 3.000ms",
                "GC(11) Pause Young (Allocation Failure) 86M->4M(254M) 0.278ms"));

    assertThat(pauses.fullMs().count()).isEqualTo(1);
    assertThat(pauses.fullMs().median()).isEqualTo(9.5);
    assertThat(pauses.youngMs().count()).isEqualTo(2);
    assertThat(pauses.youngMs().min()).isEqualTo(0.278);
    assertThat(pauses.youngMs().max()).isEqualTo(0.816);
  }

  @Test
  void logWithoutCollectionsIsRefused() {
    assertThatThrownBy(() -> GcLog.read(List.of(FIRST, YOUNG, YOUNG)))
        .hasMessage(
            "log of collections: expected young and full ones behind the first that was asked for,"
                + " found 2 and 0");
  }
}
