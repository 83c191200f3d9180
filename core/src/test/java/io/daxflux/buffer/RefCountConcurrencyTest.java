package io.daxflux.buffer;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * In every interleaving, references are counted as if the threads had taken turns: one release is
 * told that it was the last, and whoever comes after it fails.
 */
class RefCountConcurrencyTest {
  @Test
  void countsAsIfThreadsTookTurns() {
    new ModelCheckingOptions()
        .iterations(12)
        .invocationsPerIteration(400)
        .threads(3)
        .actorsPerThread(2)
        .check(SharedCount.class);
  }

  @Test
  @Tag("full")
  void countsAsIfThreadsTookTurnsFullDose() {
    new ModelCheckingOptions().threads(3).actorsPerThread(3).check(SharedCount.class);
    new StressOptions().threads(3).actorsPerThread(3).check(SharedCount.class);
  }

  /** What Lincheck calls; a call that throws is compared by what it throws. */
  public static class SharedCount {
    private final RefCount references = new RefCount();

    @Operation
    public void retain() {
      references.retain();
    }

    @Operation
    public boolean release() {
      return references.release();
    }

    @Operation
    public int count() {
      return references.count();
    }
  }
}
