package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In every interleaving a slot has one owner at a time, and nobody is refused who has a right. */
class StagingSlabConcurrencyTest {
  @Test
  void slotHasOneOwnerAtATime() {
    twoWorkers().iterations(2).invocationsPerIteration(400).check(Workers.class);
  }

  @Test
  @Tag("full")
  void slotHasOneOwnerAtATimeFullDose() {
    twoWorkers().iterations(20).invocationsPerIteration(20_000).check(Workers.class);
  }

  private static ModelCheckingOptions twoWorkers() {
    return new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        // What each call returns says nothing: what matters is checked at the end.
        .verifier(EpsilonVerifier.class);
  }

  /** What Lincheck calls. */
  public static class Workers {
    /** Never written: only the taking of slots is explored. */
    private static final MemorySegment MEMORY =
        MemorySegment.ofArray(new byte[(int) (2 * StagingSlab.MIN_SLOT_BYTES)]);

    private final StagingSlab slab = new StagingSlab(MEMORY, 2);
    private final StagingSlab.Slot first = slab.take();
    private volatile boolean firstOwned;
    private volatile boolean otherOwned;
    private volatile String failure;

    public Workers() {
      first.close();
    }

    @Operation
    public void copy() {
      try (StagingSlab.Slot slot = slab.take()) {
        boolean isFirst = slot == first;
        if (isFirst ? firstOwned : otherOwned) {
          failure = "a slot was given to two";
        }
        own(isFirst, true);
        own(isFirst, false);
      } catch (IllegalStateException refused) {
        failure = refused.getMessage();
      }
    }

    private void own(boolean isFirst, boolean owned) {
      if (isFirst) {
        firstOwned = owned;
      } else {
        otherOwned = owned;
      }
    }

    @Validate
    public void nobodyWasRefusedAndAllSlotsAreBack() {
      if (failure != null || slab.takenSlots() != 0) {
        throw new IllegalStateException(failure + "; still taken: " + slab.takenSlots());
      }
    }
  }
}
