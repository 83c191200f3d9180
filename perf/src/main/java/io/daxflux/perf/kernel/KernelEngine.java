package io.daxflux.perf.kernel;

import io.daxflux.device.NativeCopy;
import io.daxflux.restore.DirectCopier;
import io.daxflux.restore.RegionCopier;

/** What copies. */
public enum KernelEngine {
  /** The virtual machine. */
  JVM {
    @Override
    RegionCopier restores() {
      return DirectCopier.forRestores();
    }

    @Override
    RegionCopier puts() {
      return DirectCopier.forPuts();
    }
  },
  /** The native helper, with the instructions that it picks on this processor. */
  NATIVE {
    @Override
    RegionCopier restores() {
      return DirectCopier.forRestores(helper(), _ -> true);
    }

    @Override
    RegionCopier puts() {
      return DirectCopier.forPuts(helper(), _ -> true);
    }
  };

  abstract RegionCopier restores();

  abstract RegionCopier puts();

  private static NativeCopy helper() {
    return switch (NativeCopy.offer()) {
      case NativeCopy.Offer.Available(NativeCopy copy) -> copy;
      case NativeCopy.Offer.Missing(String reason) ->
          throw new IllegalStateException("no native copy: " + reason);
    };
  }
}
